package bowline.examples;

import bowline.failure.Failure;
import bowline.framing.LineOptions;
import bowline.log.Log;
import bowline.process.ProcessProtocol;
import bowline.process.ProcessTerminated;
import bowline.process.Processes;
import bowline.process.Spawn;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.LineReceiver;
import bowline.reactor.Reactor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The second step of the command server: `lastlog` runs `tail` and sends its lines, `exit` closes (seed P2).
///
///     ./bowline example command-server-2 [PORT [LOGFILE]]
///     nc 127.0.0.1 9999
public final class CommandServer2 {
    private static final int CLIENTS_MAX = 2;

    private CommandServer2() {}

    /// Serves until Ctrl-C.
    public static void main(String... args) {
        String logFile = args.length > 1 ? args[1] : "/var/log/syslog";
        Log.startLogging(System.out);
        Reactor reactor = Reactor.create();
        reactor.listenTcp(Numbers.port(args, 0, 9999), factory(reactor, logFile));
        reactor.run();
    }

    static Factory<?> factory(Reactor reactor, String logFile) {
        return new MyFactory(reactor, logFile, CLIENTS_MAX);
    }

    /// Sends the lines of `tail`, but for the headings that it puts over files.
    private static final class TailProtocol extends ProcessProtocol {
        private final Consumer<String> sendLine;
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();

        TailProtocol(Consumer<String> sendLine) {
            this.sendLine = sendLine;
        }

        @Override
        public void outReceived(ByteBuffer unread) {
            byte[] piece = new byte[unread.remaining()];
            unread.get(piece);
            output.writeBytes(piece);
        }

        @Override
        public void processEnded(Failure reason) {
            sendLine.accept("Begin lastlog");
            output.toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("=="))
                    .forEach(sendLine);
            sendLine.accept("End lastlog");
            if (reason.check(ProcessTerminated.class) != null) {
                Log.msg(reason);
            }
        }
    }

    private static final class MyFactory extends Factory<CmdProtocol> {
        private final Reactor reactor;
        private final String logFile;
        private final int clientsMax;
        private final List<CmdProtocol> clients = new ArrayList<>();

        MyFactory(Reactor reactor, String logFile, int clientsMax) {
            this.reactor = reactor;
            this.logFile = logFile;
            this.clientsMax = clientsMax;
        }

        @Override
        public CmdProtocol buildProtocol(Address peer) {
            return new CmdProtocol(this);
        }
    }

    private static final class CmdProtocol extends LineReceiver {
        private final MyFactory server;

        CmdProtocol(MyFactory server) {
            super(LineOptions.lf());
            this.server = server;
        }

        @Override
        public void connectionMade() {
            Log.msg("Client connection from " + transport().peer().host());
            if (server.clients.size() >= server.clientsMax) {
                Log.msg("Too many connections, bye!");
                transport().loseConnection();
            } else {
                server.clients.add(this);
            }
        }

        @Override
        public void lineReceived(String line) {
            Log.msg("Cmd received from " + transport().peer().host() + " : " + line);
            processCmd(line);
        }

        private void processCmd(String line) {
            if (line.startsWith("lastlog")) {
                Spawn tail = Spawn.command("tail", "-10", server.logFile);
                Processes.spawn(server.reactor, new TailProtocol(this::sendLine), tail);
            } else if (line.startsWith("exit")) {
                transport().loseConnection();
            } else {
                sendLine("Command not found.");
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            Log.msg("Lost client connection. Reason: " + reason);
            server.clients.remove(this);
        }
    }
}
