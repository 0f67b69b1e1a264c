package bowline.bench.proxy;

import bowline.bench.server.KnownPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// One proxy of the benchmark: a process of its own, pinned to core 0 where the system can pin it.
public final class ProxyProcess implements AutoCloseable {
    private static final Path TASKSET = Path.of("/usr/bin/taskset");
    private static final int UTIME_FIELD = 11;
    private static final long TICK_NANOS = 10_000_000;

    private final Process process;
    private final int port;

    private ProxyProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts the command that `command` gives for a port, and waits until something listens there.
    public static ProxyProcess start(IntFunction<List<String>> command) throws IOException {
        int port = KnownPort.free();
        var words = new ArrayList<String>();
        if (Files.isExecutable(TASKSET)) {
            words.addAll(List.of(TASKSET.toString(), "-c", "0"));
        }
        words.addAll(command.apply(port));
        Process started = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            KnownPort.awaitListening(port);
            return new ProxyProcess(started, port);
        } catch (IOException silent) {
            started.destroy();
            throw new IOException(words + " does not listen", silent);
        }
    }

    /// The command that runs `main` in a JVM, told its port and `more`.
    public static List<String> java(Class<?> main, int port, String... more) {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                "" + port));
        words.addAll(List.of(more));
        return words;
    }

    /// The command of a socat that forwards `port`, with a process for each connection.
    public static List<String> socat(int port, int target) {
        return List.of(
                "socat", "-b65536", "TCP-LISTEN:" + port + ",bind=127.0.0.1,fork,reuseaddr", "TCP:127.0.0.1:" + target);
    }

    /// Where it listens on the loopback.
    public int port() {
        return port;
    }

    /// Processor time so far, of all threads and of children that live.
    public long cpuNanos() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMapToLong(each -> LongStream.of(cpuNanos(each.pid())))
                .sum();
    }

    private static long cpuNanos(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[UTIME_FIELD]) + Long.parseLong(fields[UTIME_FIELD + 1])) * TICK_NANOS;
        } catch (IOException gone) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
