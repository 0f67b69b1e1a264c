package bowline.bench.http;

import bowline.bench.server.ServerControl;
import bowline.defer.Deferred;
import bowline.endpoint.ServerEndpoint;
import bowline.protocol.Address;
import bowline.reactor.ReactorGroup;
import bowline.reactor.ReactorProvider;
import bowline.reactor.Sharing;
import bowline.service.ServerService;
import bowline.web.server.AccessEntry;
import bowline.web.server.Resource;
import bowline.web.server.Response;
import bowline.web.server.Site;
import bowline.web.server.SiteOptions;
import java.util.List;
import java.util.Objects;

/// A site on Bowline as `bowline web` runs one: a service, its limits and time-outs, an access log.
public final class BowlineSite {

    private BowlineSite() {}

    /// Listens on a free port of the loopback and says which.
    ///
    /// @param args the reactor backend; how many reactors (1), and how they share the port
    public static void main(String... args) {
        ReactorGroup group =
                ReactorGroup.create(ReactorProvider.named(args[0]), args.length > 1 ? Integer.parseInt(args[1]) : 1);
        if (args.length > 2) {
            group.sharing(group.sharing().sharing(Sharing.valueOf(args[2])));
        }
        SiteOptions options = SiteOptions.USUAL.maxConnections(100_000).maxConnectionsPerSource(100_000);
        Resource hello = _ -> Deferred.succeed(Response.text("hello"));
        var first = new Site(hello, options, AccessEntry::combined);
        List<ServerEndpoint> endpoints = ServerEndpoint.of(group, "tcp:0:backlog=4096:interface=127.0.0.1");
        for (int i = 0; i < endpoints.size(); i++) {
            var service = ServerService.throwing(endpoints.get(i), i == 0 ? first : first.sibling(hello));
            service.start();
            if (i == 0) {
                ServerControl.start(((Address.IPv4) Objects.requireNonNull(service.host())).port());
            }
        }
        group.run();
    }
}
