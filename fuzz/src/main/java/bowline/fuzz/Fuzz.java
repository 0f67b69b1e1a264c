package bowline.fuzz;

import bowline.log.LogBeginner;
import bowline.testing.generate.Generator;
import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import bowline.testing.generate.PropertyFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What `fuzz/run` starts, and what Jazzer calls.
public final class Fuzz {
    /// Names the target that [#fuzzerTestOneInput] runs.
    public static final String TARGET_PROPERTY = "bowline.fuzz";

    private static final int FAULTS_MAX = 12;
    private static final int ROUND = 2_000;

    private static @Nullable Target chosen;

    private Fuzz() {}

    /// One input, for the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) {
        Target target = chosen;
        if (target == null) {
            target = Targets.named(System.getProperty(TARGET_PROPERTY, ""));
            chosen = target;
        }
        target.entry().accept(input);
    }

    /// `list`, `seeds TARGET FOLDER`, `own TARGET SECONDS FOLDER` or `again TARGET FILE`.
    @SuppressWarnings("SystemExitOutsideMain") // it is the main method's helper that knows
    public static void main(String... args) throws IOException {
        // What is wrong with made-up input is no news.
        LogBeginner.global().beginLoggingTo(List.of(), LogBeginner.Option.KEEP_STANDARD_IO);
        List<String> words = Arrays.asList(args);
        switch (words.isEmpty() ? "" : words.getFirst()) {
            case "list" -> list(System.out);
            case "seeds" -> seeds(Targets.named(words.get(1)), Path.of(words.get(2)));
            case "again" -> Targets.named(words.get(1)).entry().accept(Files.readAllBytes(Path.of(words.get(2))));
            case "own" -> {
                boolean kept = own(
                        Targets.named(words.get(1)), Long.parseLong(words.get(2)), Path.of(words.get(3)), System.out);
                System.exit(kept ? 0 : 1);
            }
            default -> throw new IllegalArgumentException("see fuzz/run --help");
        }
    }

    private static void list(PrintStream out) {
        Targets.all().forEach(target -> out.printf("%-16s %s%n", target.name(), target.about()));
    }

    private static void seeds(Target target, Path folder) throws IOException {
        for (int i = 0; i < target.seeds().size(); i++) {
            Files.write(folder.resolve("seed-" + i), target.seeds().get(i));
        }
    }

    /// Bytes with faults, or any bytes at all.
    static Generator<byte[]> inputs(Target target) {
        return Generators.anyOf(Generators.mutated(target.seeds(), FAULTS_MAX), Generators.bytes(300));
    }

    /// Whether the target kept its promises for so long; what broke one is written into `folder`, made small.
    static boolean own(Target target, long seconds, Path folder, PrintStream out) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Generator<byte[]> inputs = inputs(target);
        long tried = 0;
        while (System.nanoTime() - end < 0) {
            var last = new byte[1][];
            try {
                Property.check(tried, ROUND, inputs, input -> {
                    last[0] = input;
                    target.entry().accept(input);
                });
            } catch (PropertyFailure failure) {
                Files.createDirectories(folder);
                Files.write(folder.resolve("own-" + Integer.toHexString(Arrays.hashCode(last[0]))), last[0]);
                out.println(target.name() + ": " + failure.getMessage());
                return false;
            }
            tried += ROUND;
        }
        out.println("Done " + tried + " runs");
        return true;
    }
}
