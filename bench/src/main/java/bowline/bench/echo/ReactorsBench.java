package bowline.bench.echo;

import bowline.bench.http.HttpLoad;
import bowline.bench.idle.BowlineSite;
import bowline.bench.idle.NettySite;
import bowline.bench.server.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
    private static final int SIZE = 64;
    private static final String HTTP_CONNECTIONS = "32";

    private ReactorsBench() {}

    private record Server(
            String name,
            ServerProcess echo,
            ServerProcess site,
            List<double[]> echoes,
            List<double[]> visits,
            List<double[]> requests) {}

    /// Measures everything by turns and prints medians.
    ///
    /// @param args rounds (3) and milliseconds a sample (1000)
    public static void main(String... args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        String millis = args.length > 1 ? args[1] : "1000";
        List<Server> servers = List.of(
                bowline("bowline, 1 reactor", "1", "AUTOMATIC"),
                bowline("bowline, 2 by hand-off", "2", "HAND_OFF"),
                bowline("bowline, 2 by SO_REUSEPORT", "2", "REUSE_PORT"),
                netty("netty-nio, 1 loop", "1"),
                netty("netty-nio, 2 loops", "2"));
        for (int round = -1; round < rounds; round++) {
            for (Server server : servers) {
                double[] echo = sample(server.echo, EchoLoad.class, "64", "1", "" + SIZE, "200", millis);
                double[] visit = sample(server.echo, VisitLoad.class, millis);
                double[] request = sample(server.site, HttpLoad.class, HTTP_CONNECTIONS, millis);
                if (round >= 0) { // the first one warms up
                    server.echoes.add(echo);
                    server.visits.add(visit);
                    server.requests.add(request);
                }
            }
        }
        for (Server server : servers) {
            IO.println(String.format(
                    Locale.ROOT,
                    "%-28s message %6.2f us, %7.0f/s   connection %7.2f us, %6.0f/s   HTTP %6.2f us, %6.0f/s",
                    server.name,
                    median(server.echoes, 0),
                    median(server.echoes, 1),
                    median(server.visits, 0),
                    median(server.visits, 1),
                    median(server.requests, 0),
                    median(server.requests, 1)));
            server.echo.close();
            server.site.close();
        }
    }

    private static Server bowline(String name, String reactors, String sharing) throws IOException {
        return server(
                name,
                ServerProcess.startOn(CORES, BowlineEcho.class, "nio", reactors, sharing),
                ServerProcess.startOn(CORES, BowlineSite.class, reactors, sharing));
    }

    private static Server netty(String name, String loops) throws IOException {
        return server(
                name,
                ServerProcess.startOn(CORES, NettyEcho.class, loops),
                ServerProcess.startOn(CORES, NettySite.class, loops));
    }

    private static Server server(String name, ServerProcess echo, ServerProcess site) {
        return new Server(name, echo, site, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /// Processor time of one in microseconds, and how many a second.
    private static double[] sample(ServerProcess server, Class<?> load, String... args)
            throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("" + server.port()));
        words.addAll(List.of(args));
        Process process =
                ServerProcess.java(CORES, load, words.toArray(String[]::new)).start();
        try (var lines = process.inputReader()) {
            expect(lines.readLine(), "begin");
            long before = server.cpuNanos();
            String[] end = expect(lines.readLine(), "end").split(" ");
            double cpu = server.cpuNanos() - before;
            double count = Double.parseDouble(end[1]);
            return new double[] {cpu / 1e3 / count, count / (Double.parseDouble(end[2]) / 1e9)};
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static String expect(@Nullable String line, String start) throws IOException {
        if (line == null || !line.startsWith(start)) {
            throw new IOException("the load said \"" + line + "\" where \"" + start + "\" was expected");
        }
        return line;
    }

    private static double median(List<double[]> samples, int which) {
        double[] sorted =
                samples.stream().mapToDouble(sample -> sample[which]).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
