package bowline.bench.echo;

import bowline.bench.server.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// TCP echo and short connections by one reactor, by two that share the port by hand-off or by SO_REUSEPORT, and by
/// Netty NIO with one and two loops, in turn on the same cores: what one costs the server, and how many a second.
///
///     java -cp … bowline.bench.echo.ReactorsBench [ROUNDS [MILLISECONDS]]
///
/// The load runs on the same two cores, so look at the processor time: rates say little of what two free cores would
/// do.
public final class ReactorsBench {
    private static final String CORES = "0,1";
    private static final int SIZE = 64;

    private ReactorsBench() {}

    private record Server(String name, ServerProcess process, List<double[]> echoes, List<double[]> visits) {}

    /// Measures everything by turns and prints medians.
    ///
    /// @param args rounds (3) and milliseconds a sample (1000)
    public static void main(String... args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        String millis = args.length > 1 ? args[1] : "1000";
        List<Server> servers = List.of(
                server("bowline, 1 reactor", BowlineEcho.class, "nio"),
                server("bowline, 2 by hand-off", BowlineEcho.class, "nio", "2", "HAND_OFF"),
                server("bowline, 2 by SO_REUSEPORT", BowlineEcho.class, "nio", "2", "REUSE_PORT"),
                server("netty-nio, 1 loop", NettyEcho.class, "1"),
                server("netty-nio, 2 loops", NettyEcho.class, "2"));
        for (int round = -1; round < rounds; round++) {
            for (Server server : servers) {
                double[] echo = sample(server.process, EchoLoad.class, "64", "1", "" + SIZE, "200", millis);
                double[] visit = sample(server.process, VisitLoad.class, millis);
                if (round >= 0) { // the first one warms up
                    server.echoes.add(echo);
                    server.visits.add(visit);
                }
            }
        }
        for (Server server : servers) {
            IO.println(String.format(
                    Locale.ROOT,
                    "%-28s message %6.2f us, %7.0f/s   connection %7.2f us, %6.0f/s",
                    server.name,
                    median(server.echoes, 0),
                    median(server.echoes, 1),
                    median(server.visits, 0),
                    median(server.visits, 1)));
            server.process.close();
        }
    }

    private static Server server(String name, Class<?> main, String... args) throws IOException {
        return new Server(name, ServerProcess.startOn(CORES, main, args), new ArrayList<>(), new ArrayList<>());
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
