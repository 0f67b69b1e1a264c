package bowline.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One server of the benchmark: a JVM of its own, pinned to core 0 unless told otherwise.
public final class ServerProcess implements AutoCloseable {
    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final int port;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        this.out = process.inputReader();
        this.in = process.outputWriter();
        this.port = (int) number("port");
    }

    /// Starts a server and waits until it tells its port.
    public static ServerProcess start(String name, Class<?> main, String... args) throws IOException {
        return startOn("0", main, args);
    }

    /// Starts a server on some cores, as in `0,1`, and waits until it tells its port.
    public static ServerProcess startOn(String cores, Class<?> main, String... args) throws IOException {
        return new ServerProcess(java(cores, main, args)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// A JVM that runs `main` on one core, where the system can pin it.
    public static ProcessBuilder java(String core, Class<?> main, String... args) {
        var command = new ArrayList<String>();
        if (Files.isExecutable(TASKSET)) {
            command.addAll(List.of(TASKSET.toString(), "-c", core));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider", // silent, for Netty to find
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    /// Where it listens on the loopback.
    public int port() {
        return port;
    }

    /// Processor time of all its threads so far.
    public long cpuNanos() throws IOException {
        long nanos = 0;
        try (var tasks = Files.newDirectoryStream(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            for (Path task : tasks) {
                nanos += Long.parseLong(
                        Files.readString(task.resolve("schedstat")).split(" ")[0]);
            }
        }
        return nanos;
    }

    /// The bytes of its heap that are in use after a collection.
    public long heapBytes() throws IOException {
        in.write("heap\n");
        in.flush();
        return number("heap");
    }

    private long number(String what) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(what + " ")) {
                return Long.parseLong(line.substring(what.length() + 1).strip());
            }
        }
        throw new IOException("the server ended before it told its " + what);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
