package bowline.bench.echo;

import bowline.bench.http.BowlineSite;
import bowline.bench.http.NettySite;
import bowline.bench.server.Figures;
import bowline.bench.server.Load;
import bowline.bench.server.Program;
import bowline.bench.server.Rounds;
import bowline.bench.server.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// TCP echo, short connections and HTTP requests by one reactor, by two that share the port by hand-off or by
/// SO_REUSEPORT, and by Netty NIO with one and two loops, in turn on the same cores: what one costs the server, and
/// how many a second.
///
///     java -cp … bowline.bench.echo.ReactorsBench [ROUNDS [MILLISECONDS]]
///
/// The load runs on the same two cores, so look at the processor time: rates say little of what two free cores would
/// do.
public final class ReactorsBench {
    private static final String CORES = "0,1";

    private ReactorsBench() {}

    private record Server(String name, ServerProcess echo, ServerProcess site) {}

    /// Measures everything by turns and prints medians.
    ///
    /// @param args rounds (3) and milliseconds a sample (1000)
    public static void main(String... args) throws Exception {
        var rounds = new Rounds(
                args.length > 0 ? Integer.parseInt(args[0]) : 3, args.length > 1 ? Long.parseLong(args[1]) : 1000, 1);
        List<Server> servers = List.of(
                bowline("bowline, 1 reactor", "1", "AUTOMATIC"),
                bowline("bowline, 2 by hand-off", "2", "HAND_OFF"),
                bowline("bowline, 2 by SO_REUSEPORT", "2", "REUSE_PORT"),
                netty("netty-nio, 1 loop", "1"),
                netty("netty-nio, 2 loops", "2"));
        List<ServerProcess> echoes = servers.stream().map(Server::echo).toList();
        List<ServerProcess> sites = servers.stream().map(Server::site).toList();
        print("message", rounds.run(echoes, Load.of("echo", "64", "1", "64").on(CORES)));
        print("connection", rounds.run(echoes, Load.of("churn", "32", "64").on(CORES)));
        print("HTTP request", rounds.run(sites, Load.of("http", "32", "1").on(CORES)));
        for (Server server : servers) {
            server.echo.close();
            server.site.close();
        }
    }

    private static void print(String what, List<Figures> figures) {
        figures.forEach(its -> IO.println(String.format(
                Locale.ROOT, "%-12s %-28s %6.2f us, %7.0f/s", what, its.server().name(), its.cost(), its.rate())));
    }

    private static Server bowline(String name, String reactors, String sharing) throws IOException {
        return server(
                name,
                Program.java(name, BowlineEcho.class, "nio", reactors, sharing),
                Program.java(name, BowlineSite.class, "nio", reactors, sharing));
    }

    private static Server netty(String name, String loops) throws IOException {
        return server(
                name,
                Program.java(name, NettyEcho.class, "NIO", loops),
                Program.java(name, NettySite.class, "NIO", loops, "watched"));
    }

    private static Server server(String name, Program echo, Program site) throws IOException {
        return new Server(name, ServerProcess.startOn(CORES, echo), ServerProcess.startOn(CORES, site));
    }
}
