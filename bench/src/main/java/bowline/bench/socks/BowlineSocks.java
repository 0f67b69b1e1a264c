package bowline.bench.socks;

import bowline.policy.AddressRules;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.socks.SocksServer;
import bowline.socks.SocksServerOptions;

/// The proxy of the benchmark on Bowline: one reactor, one thread.
public final class BowlineSocks {

    private BowlineSocks() {}

    /// Listens on the loopback.
    ///
    /// @param args the port
    public static void main(String... args) {
        Reactor reactor = Reactor.create("nio");
        var server = new SocksServer(reactor, SocksServerOptions.USUAL.addresses(AddressRules.ALL_HOSTS));
        reactor.listenTcp(Integer.parseInt(args[0]), server, ListenOptions.DEFAULT.on("127.0.0.1"));
        reactor.run();
    }
}
