package bowline.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A program of the benchmark, a server or a load: what the tables call it, and the command that starts it.
///
/// @param port where it will listen, if it does not tell that itself; otherwise 0
public record Program(String name, List<String> command, int port) {
    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    /// One that tells its port, or has none.
    public Program(String name, List<String> command) {
        this(name, command, 0);
    }

    /// A class of ours in a JVM of its own, as small and simple as one core makes it anyway.
    public static Program java(String name, Class<?> main, String... args) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+AlwaysPreTouch", // resident memory grows by what is outside of the heap alone
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.leakDetection.level=disabled", // as those run Netty who care for speed
                "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider", // silent, for Netty to find
                "-Dslf4j.internal.verbosity=WARN",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        return new Program(name, command);
    }

    /// A program of ours in C, built if it has changed.
    ///
    /// @param source its name in `src/main/c`, without the `.c`
    public static Program c(String name, String source, String... args) {
        var command = new ArrayList<>(List.of(CSource.build(source).toString()));
        command.addAll(List.of(args));
        return new Program(name, command);
    }

    /// The same with more arguments.
    public Program with(List<String> more) {
        return new Program(name, Stream.concat(command.stream(), more.stream()).toList(), port);
    }

    /// Starts it on some cores, as in `0,1`, where the system can pin it. Its errors are shown.
    public Process startOn(String cores) throws IOException {
        var words = new ArrayList<String>();
        if (Files.isExecutable(TASKSET)) {
            words.addAll(List.of(TASKSET.toString(), "-c", cores));
        }
        words.addAll(command);
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
