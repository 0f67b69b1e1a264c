package bowline.bench.spawn;

import bowline.bench.server.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Runs each way to start children by turns and prints how many a second there were, what one cost the parent in
/// processor time, and how both compare with the floor in C: medians, and the smallest and the largest rate.
///
///     java -cp … bowline.bench.spawn.SpawnBench [ROUNDS [MILLISECONDS]]
///
/// The children run `true`, which ends at once; they and the parent have all cores.
public final class SpawnBench {
    private static final String CHILD = "/bin/true";
    private static final long WARM_UP_MILLIS = 2000;
    private static final int[] AT_A_TIME = {1, 8};
    private static final List<Program> PROGRAMS = List.of(
            Program.c("c posix_spawn", "spawn"),
            Program.java("bowline-uring", BowlineSpawn.class, "uring"),
            Program.java("bowline-epoll", BowlineSpawn.class, "epoll"),
            Program.java("bowline-nio", BowlineSpawn.class, "nio"),
            Program.java("jdk ProcessBuilder", JdkSpawn.class));

    private SpawnBench() {}

    private record Sample(double perSecond, double micros) {}

    /// Measures everything and prints it.
    ///
    /// @param args rounds (5) and milliseconds a sample (2000)
    public static void main(String... args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        long millis = args.length > 1 ? Long.parseLong(args[1]) : 2000;
        for (int atATime : AT_A_TIME) {
            IO.println(atATime + " at a time");
            print(measure(rounds, millis, atATime));
        }
    }

    private static Map<Program, List<Sample>> measure(int rounds, long millis, int atATime)
            throws IOException, InterruptedException {
        Map<Program, List<Sample>> samples = new LinkedHashMap<>();
        PROGRAMS.forEach(program -> samples.put(program, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < PROGRAMS.size(); i++) {
                Program program = PROGRAMS.get((i + round) % PROGRAMS.size());
                Sample sample = sample(program, millis, atATime);
                samples.computeIfAbsent(program, _ -> new ArrayList<>()).add(sample);
            }
        }
        return samples;
    }

    private static Sample sample(Program program, long millis, int atATime) throws IOException, InterruptedException {
        List<String> arguments = List.of("" + atATime, "" + WARM_UP_MILLIS, "" + millis, CHILD);
        Process process = program.with(arguments).startOn("0,1");
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("end ")) {
                    return sample(line.split(" "));
                }
            }
            throw new IOException(program.name() + " ended before its time");
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static Sample sample(String[] end) {
        double count = Double.parseDouble(end[1]);
        return new Sample(count / (Double.parseDouble(end[2]) / 1e9), Double.parseDouble(end[3]) / 1e3 / count);
    }

    private static void print(Map<Program, List<Sample>> samples) {
        double[] floor = null;
        for (Map.Entry<Program, List<Sample>> entry : samples.entrySet()) {
            double[] rates = sorted(entry.getValue(), Sample::perSecond);
            double[] median = {middle(rates), middle(sorted(entry.getValue(), Sample::micros))};
            floor = floor == null ? median : floor;
            IO.println(String.format(
                    Locale.ROOT,
                    "  %-20s %7.0f/s (%.0f to %.0f) = %.2f of C   parent's CPU %7.1f us a child = %.2f of C",
                    entry.getKey().name(),
                    median[0],
                    rates[0],
                    rates[rates.length - 1],
                    median[0] / floor[0],
                    median[1],
                    median[1] / floor[1]));
        }
    }

    private static double[] sorted(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return samples.stream().mapToDouble(figure).sorted().toArray();
    }

    private static double middle(double[] sorted) {
        return sorted[sorted.length / 2];
    }
}
