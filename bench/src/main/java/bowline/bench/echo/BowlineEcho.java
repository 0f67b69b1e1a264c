package bowline.bench.echo;

import bowline.bench.server.ServerControl;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.TcpTransport;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.reactor.ReactorProvider;
import bowline.reactor.SharedPort;
import bowline.reactor.Sharing;
import bowline.reactor.SharingOptions;
import java.nio.ByteBuffer;

/// The echo server of the benchmark, on Bowline: one reactor, one thread.
public final class BowlineEcho {

    private BowlineEcho() {}

    /// Listens on a free port of the loopback and says which.
    ///
    /// @param args the reactor backend; for a group also how many and how they share the port
    public static void main(String... args) {
        ListenOptions options = ListenOptions.DEFAULT.backlog(4096).on("127.0.0.1");
        if (args.length > 1) {
            runGroup(args, options);
            return;
        }
        Reactor reactor = Reactor.create(args[0]);
        ListeningPort port = reactor.listenTcp(0, Factory.of(Echo::new), options);
        ServerControl.start(port.port());
        reactor.run();
    }

    private static void runGroup(String[] args, ListenOptions options) {
        ReactorGroup group = ReactorGroup.create(ReactorProvider.named(args[0]), Integer.parseInt(args[1]));
        SharingOptions sharing = SharingOptions.DEFAULT.sharing(Sharing.valueOf(args[2]));
        SharedPort shared = group.share(0, options, sharing);
        int port = 0;
        for (Reactor reactor : group.reactors()) {
            port = shared.listen(reactor, Factory.of(Echo::new)).port();
        }
        ServerControl.start(port);
        group.run();
    }

    /// Writes what it receives.
    public static final class Echo extends Protocol {
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
