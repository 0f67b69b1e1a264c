package bowline.bench.forward;

import bowline.endpoint.ClientEndpoint;
import bowline.forward.PortForward;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;

/// The forward of the benchmark on Bowline: one reactor, one thread.
public final class BowlineForward {

    private BowlineForward() {}

    /// Listens on the loopback.
    ///
    /// @param args the port, and the port to pass on to
    public static void main(String... args) {
        Reactor reactor = Reactor.create("nio");
        var forward = new PortForward(ClientEndpoint.of(reactor, "tcp:127.0.0.1:" + args[1]));
        reactor.listenTcp(Integer.parseInt(args[0]), forward, ListenOptions.DEFAULT.on("127.0.0.1"));
        reactor.run();
    }
}
