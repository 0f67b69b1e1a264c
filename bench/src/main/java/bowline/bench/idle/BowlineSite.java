package bowline.bench.idle;

import bowline.bench.server.ServerControl;
import bowline.defer.Deferred;
import bowline.endpoint.ServerEndpoint;
import bowline.protocol.Address;
import bowline.reactor.Reactor;
import bowline.service.ServerService;
import bowline.web.server.AccessEntry;
import bowline.web.server.Response;
import bowline.web.server.Site;
import bowline.web.server.SiteOptions;
import java.util.Objects;

/// A site on Bowline as `bowline web` runs one: a service, its limits and time-outs, an access log.
public final class BowlineSite {

    private BowlineSite() {}

    /// Listens on a free port of the loopback and says which.
    public static void main(String... args) {
        Reactor reactor = Reactor.create();
        SiteOptions options = SiteOptions.USUAL.maxConnections(100_000).maxConnectionsPerSource(100_000);
        var site = new Site(_ -> Deferred.succeed(Response.text("hello")), options, AccessEntry::combined);
        var service =
                ServerService.throwing(ServerEndpoint.of(reactor, "tcp:0:backlog=4096:interface=127.0.0.1"), site);
        service.start();
        ServerControl.start(((Address.IPv4) Objects.requireNonNull(service.host())).port());
        reactor.run();
    }
}
