package bowline.bench.http;

import bowline.bench.server.ServerControl;
import bowline.defer.Deferred;
import bowline.endpoint.ServerEndpoint;
import bowline.protocol.Address;
import bowline.reactor.ReactorGroup;
import bowline.reactor.ReactorProvider;
import bowline.reactor.Sharing;
import bowline.service.ServerService;
import bowline.web.server.AccessLog;
import bowline.web.server.Resource;
import bowline.web.server.Response;
import bowline.web.server.Site;
import bowline.web.server.SiteOptions;
import java.util.List;
import java.util.Objects;

/// A site on Bowline as `bowline web` runs one, with its limits and time-outs. Like its peers it keeps no access
/// log and does not name itself.
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
        SiteOptions options =
                SiteOptions.USUAL.serverName("").maxConnections(100_000).maxConnectionsPerSource(100_000);
        Response text = Response.text("hello");
        Resource hello = _ -> Deferred.succeed(text);
        var first = new Site(hello, options, AccessLog.NONE);
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
