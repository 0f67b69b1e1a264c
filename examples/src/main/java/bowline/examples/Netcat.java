package bowline.examples;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Sends the lines of standard input to a server and prints what comes back (seed P5): the other end of the
/// command servers. A thread reads the keyboard, since reading it blocks; `callFromThread` brings each line into
/// the loop.
///
///     ./bowline example netcat 127.0.0.1 9999
///
/// When there is nothing more to type it still listens, until the server hangs up.
public final class Netcat {

    private Netcat() {}

    /// Talks until the server hangs up.
    public static void main(String... args) {
        if (args.length != 2) {
            IO.println("Usage: netcat HOST PORT");
            System.exit(64);
        }
        Reactor reactor = Reactor.create();
        reactor.connectTcp(args[0], Numbers.port(args[1]), new DialogueFactory(reactor));
        reactor.run();
    }

    private static final class DialogueFactory extends ClientFactory<Dialogue> {
        private final Reactor reactor;

        DialogueFactory(Reactor reactor) {
            this.reactor = reactor;
        }

        @Override
        public Dialogue buildProtocol(Address peer) {
            return new Dialogue(reactor);
        }

        @Override
        public void clientConnectionFailed(Connector connector, Failure reason) {
            IO.println(reason.message());
            reactor.stop();
        }

        @Override
        public void clientConnectionLost(Connector connector, Failure reason) {
            reactor.stop();
        }
    }

    private static final class Dialogue extends Protocol {
        private final Reactor reactor;

        Dialogue(Reactor reactor) {
            this.reactor = reactor;
        }

        @Override
        public void connectionMade() {
            Thread.ofPlatform().daemon().name("keyboard").start(this::readKeyboard);
        }

        private void readKeyboard() {
            var keyboard = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            try {
                for (String line = keyboard.readLine(); line != null; line = keyboard.readLine()) {
                    String typed = line + "\n";
                    reactor.callFromThread(() -> transport().write(typed));
                }
            } catch (IOException broken) {
                reactor.callFromThread(() -> transport().loseConnection());
            }
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            IO.print(StandardCharsets.UTF_8.decode(unread));
        }
    }
}
