package bowline.examples;

import bowline.failure.Failure;
import bowline.framing.LineOptions;
import bowline.log.Log;
import bowline.log.Logger;
import bowline.process.Processes;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.LineReceiver;
import bowline.reactor.Reactor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The third step of the command server: `comhash PATH` computes a hash in a thread, and a Deferred brings it
/// back (seed P3). The log is the structured one here.
///
///     ./bowline example command-server-3 [PORT [LOGFILE]]
///     nc 127.0.0.1 9999
public final class CommandServer3 {
    private static final int CLIENTS_MAX = 2;

    private CommandServer3() {}

    /// Serves until Ctrl-C.
    public static void main(String... args) {
        String logFile = args.length > 1 ? args[1] : "/var/log/syslog";
        Log.startLogging(System.out);
        Reactor reactor = Reactor.create();
        var server = new CommandServer(reactor, logFile, CLIENTS_MAX);
        reactor.listenTcp(Numbers.port(args, 0, 9999), server);
        reactor.run();
    }

    private static final class CommandServer extends Factory<Command> {
        private final Reactor reactor;
        private final String logFile;
        private final int clientsMax;
        private final List<Command> clients = new ArrayList<>();

        CommandServer(Reactor reactor, String logFile, int clientsMax) {
            this.reactor = reactor;
            this.logFile = logFile;
            this.clientsMax = clientsMax;
        }

        @Override
        public Command buildProtocol(Address peer) {
            return new Command(this);
        }

        boolean admit(Command client) {
            return clients.size() < clientsMax && clients.add(client);
        }

        void leave(Command client) {
            clients.remove(client);
        }
    }

    private static final class Command extends LineReceiver {
        private static final Logger log = Logger.of(Command.class);

        private final CommandServer server;

        Command(CommandServer server) {
            super(LineOptions.lf());
            this.server = server;
        }

        @Override
        public void connectionMade() {
            log.info("Client connection from {peer}", transport().peer());
            if (!server.admit(this)) {
                log.info("Too many connections, bye!");
                transport().loseConnection();
            }
        }

        @Override
        public void lineReceived(String line) {
            log.info("Cmd received: {line}", line);
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "lastlog" ->
                    Processes.output(server.reactor, "tail", "-10", server.logFile)
                            .onSuccess(this::sendLog)
                            .addErrback(log::failure);
                case "comhash" -> hash(words);
                case "exit" -> transport().loseConnection();
                default -> sendLine("Command not found.");
            }
        }

        private void sendLog(String output) {
            sendLine("Begin lastlog");
            output.lines().filter(line -> !line.startsWith("==")).forEach(this::sendLine);
            sendLine("End lastlog");
        }

        private void hash(String[] words) {
            if (words.length < 2 || words[1].isBlank()) {
                sendLine("please provide a path.");
                return;
            }
            server.reactor
                    .deferToThread(() -> sha1(words[1]))
                    .onSuccess(hash -> sendLine("File hash is : " + hash))
                    .addErrback(failure -> {
                        sendLine("An error occured: " + failure.message());
                        return "";
                    });
        }

        @Override
        public void connectionLost(Failure reason) {
            log.info("Lost client connection. Reason: {reason}", reason);
            server.leave(this);
        }
    }

    /// Blocks: for a thread of the pool.
    private static String sha1(String path) throws IOException, NoSuchAlgorithmException {
        var sha1 = MessageDigest.getInstance("SHA-1");
        try (var file = new DigestInputStream(new FileInputStream(path), sha1)) {
            file.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(sha1.digest());
    }
}
