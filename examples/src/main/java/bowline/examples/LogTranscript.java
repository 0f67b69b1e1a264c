package bowline.examples;

import bowline.failure.Failure;
import bowline.framing.LineOptions;
import bowline.log.Log;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.LineReceiver;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A conversation with the command server as the log tells it (seed P4): the server of [CommandServer2] and a client
/// that says `test`, `lastlog` and `exit`, in one process. Each line bears the prefix of whom it is about.
///
///     ./bowline example log-transcript
public final class LogTranscript {
    private static final List<String> DIALOGUE = List.of("test", "lastlog", "exit");

    private LogTranscript() {}

    /// Prints the log of one conversation.
    public static void main(String... args) throws Exception {
        Path someLog = Files.createTempFile("bowline", ".log");
        Files.writeString(someLog, "==> heading <==\nfirst line of the log\nlast line of the log\n");
        Log.startLogging(System.out);
        Reactor reactor = Reactor.create();
        ListeningPort port = reactor.listenTcp(0, CommandServer2.factory(reactor, someLog.toString()));
        reactor.connectTcp("127.0.0.1", port.port(), new ClientSideFactory(reactor));
        reactor.run();
        Files.delete(someLog);
    }

    private static final class ClientSideFactory extends ClientFactory<Visitor> {
        private final Reactor reactor;

        ClientSideFactory(Reactor reactor) {
            this.reactor = reactor;
            noisy(false);
        }

        @Override
        public Visitor buildProtocol(Address peer) {
            return new Visitor();
        }

        @Override
        public void clientConnectionLost(Connector connector, Failure reason) {
            reactor.stop();
        }
    }

    private static final class Visitor extends LineReceiver {
        Visitor() {
            super(LineOptions.lf());
        }

        @Override
        public void connectionMade() {
            sendLine(DIALOGUE.get(0));
        }

        @Override
        public void lineReceived(String line) {
            Log.msg("the server says: " + line);
            switch (line) {
                case "Command not found." -> sendLine(DIALOGUE.get(1));
                case "End lastlog" -> sendLine(DIALOGUE.get(2));
                default -> {}
            }
        }
    }
}
