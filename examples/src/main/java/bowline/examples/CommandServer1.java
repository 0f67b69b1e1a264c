package bowline.examples;

import bowline.failure.Failure;
import bowline.framing.LineOptions;
import bowline.log.Log;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.LineReceiver;
import bowline.reactor.Reactor;
import java.util.ArrayList;
import java.util.List;

/// A server that takes commands a line at a time, logs each with its connection's prefix, and turns away clients
/// above a limit (seed P1).
///
///     ./bowline example command-server-1 [PORT]
///     nc 127.0.0.1 9999
public final class CommandServer1 {
    private static final int CLIENTS_MAX = 2;

    private CommandServer1() {}

    /// Serves until Ctrl-C.
    public static void main(String... args) {
        Log.startLogging(System.out);
        Reactor reactor = Reactor.create();
        reactor.listenTcp(Numbers.port(args, 0, 9999), new MyFactory(CLIENTS_MAX));
        reactor.run();
    }

    private static final class MyFactory extends Factory<CmdProtocol> {
        private final int clientsMax;
        private final List<CmdProtocol> clients = new ArrayList<>();

        MyFactory(int clientsMax) {
            this.clientsMax = clientsMax;
        }

        @Override
        public CmdProtocol buildProtocol(Address peer) {
            return new CmdProtocol(this);
        }

        /// Whether there was still room; a client that was turned away is never counted.
        boolean admit(CmdProtocol client) {
            return clients.size() < clientsMax && clients.add(client);
        }

        void leave(CmdProtocol client) {
            clients.remove(client);
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
            if (!server.admit(this)) {
                Log.msg("Too many connections, bye!");
                transport().loseConnection();
            }
        }

        @Override
        public void lineReceived(String line) {
            Log.msg("Cmd received from " + transport().peer().host() + " : " + line);
        }

        @Override
        public void connectionLost(Failure reason) {
            Log.msg("Lost client connection. Reason: " + reason);
            server.leave(this);
        }
    }
}
