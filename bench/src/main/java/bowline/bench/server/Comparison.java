package bowline.bench.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Two servers under the same load by turns: what one message costs each, and how many a second there were, as medians
/// and as the ratio of the first to the second.
///
/// The load is a program whose arguments are the port, those of the workload, the milliseconds to warm up and those to
/// measure; it prints `begin`, and in the end `end MESSAGES NANOSECONDS`.
///
/// Look at the processor time first: the load and the server saturate together, so rates understate differences. A
/// ratio below 1 in `cost` and above 1 in `rate` is in the first one's favour.
public record Comparison(ServerProcess ours, ServerProcess theirs, Class<?> load, int rounds, long millis) {
    private static final long WARM_UP_MILLIS = 1500;

    private record Sample(double microsPerMessage, double messagesPerSecond) {}

    /// Measures one workload on both and prints a line.
    public void run(String name, String... workload) throws IOException, InterruptedException {
        var ourSamples = new ArrayList<Sample>();
        var theirSamples = new ArrayList<Sample>();
        sample(ours, WARM_UP_MILLIS, 1, workload);
        sample(theirs, WARM_UP_MILLIS, 1, workload);
        for (int round = 0; round < rounds; round++) {
            boolean oursFirst = round % 2 == 0;
            if (oursFirst) {
                ourSamples.add(sample(ours, millis / 5, millis, workload));
            }
            theirSamples.add(sample(theirs, millis / 5, millis, workload));
            if (!oursFirst) {
                ourSamples.add(sample(ours, millis / 5, millis, workload));
            }
        }
        print(name, ourSamples, theirSamples);
    }

    private static void print(String name, List<Sample> ours, List<Sample> theirs) {
        double ourCost =
                median(ours.stream().mapToDouble(Sample::microsPerMessage).toArray());
        double theirCost =
                median(theirs.stream().mapToDouble(Sample::microsPerMessage).toArray());
        double ourRate =
                median(ours.stream().mapToDouble(Sample::messagesPerSecond).toArray());
        double theirRate =
                median(theirs.stream().mapToDouble(Sample::messagesPerSecond).toArray());
        IO.println(String.format(
                Locale.ROOT,
                "%-30s cost %6.2f us : %6.2f us = %.2f   rate %8.0f/s : %8.0f/s = %.2f",
                name,
                ourCost,
                theirCost,
                ourCost / theirCost,
                ourRate,
                theirRate,
                ourRate / theirRate));
    }

    private Sample sample(ServerProcess server, long warmUpMillis, long measuredMillis, String... workload)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<String>();
        arguments.add(String.valueOf(server.port()));
        arguments.addAll(List.of(workload));
        arguments.add(String.valueOf(warmUpMillis));
        arguments.add(String.valueOf(measuredMillis));
        Process process =
                ServerProcess.java("1", load, arguments.toArray(String[]::new)).start();
        try (var lines = process.inputReader()) {
            expect(lines.readLine(), "begin");
            long cpuBefore = server.cpuNanos();
            String[] end = expect(lines.readLine(), "end").split(" ");
            long cpu = server.cpuNanos() - cpuBefore;
            double messages = Double.parseDouble(end[1]);
            return new Sample(cpu / 1e3 / messages, messages / (Double.parseDouble(end[2]) / 1e9));
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

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
