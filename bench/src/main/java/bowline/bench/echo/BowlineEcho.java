package bowline.bench.echo;

import bowline.bench.server.ServerControl;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.TcpTransport;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import java.nio.ByteBuffer;

/// The echo server of the benchmark, on Bowline: one reactor, one thread.
public final class BowlineEcho {

    private BowlineEcho() {}

    /// Listens on a free port of the loopback and says which.
    ///
    /// @param args the reactor backend
    public static void main(String... args) {
        Reactor reactor = Reactor.create(args[0]);
        ListeningPort port = reactor.listenTcp(
                0, Factory.of(Echo::new), ListenOptions.DEFAULT.backlog(4096).on("127.0.0.1"));
        ServerControl.start(port.port());
        reactor.run();
    }

    private static final class Echo extends Protocol {
        @Override
        public void connectionMade() {
            if (transport() instanceof TcpTransport tcp) {
                tcp.tcpNoDelay(true);
            }
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }
}
