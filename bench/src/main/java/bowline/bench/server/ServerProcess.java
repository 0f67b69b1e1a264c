package bowline.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/// One server of the benchmark: a process of its own, pinned to core 0 unless told otherwise.
public final class ServerProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final int port;

    private ServerProcess(Program program, Process process) throws IOException {
        this.name = program.name();
        this.process = process;
        this.out = process.inputReader();
        this.in = process.outputWriter();
        this.port = program.port() == 0 ? (int) number("port") : program.port();
    }

    /// Starts a class of ours in a JVM and waits until it tells its port.
    public static ServerProcess start(String name, Class<?> main, String... args) throws IOException {
        return start(Program.java(name, main, args));
    }

    /// Starts a server and waits until it listens.
    public static ServerProcess start(Program program) throws IOException {
        return startOn("0", program);
    }

    /// Starts a server on some cores, as in `0,1`, and waits until it listens.
    public static ServerProcess startOn(String cores, Program program) throws IOException {
        Process started = program.startOn(cores);
        try {
            var server = new ServerProcess(program, started);
            if (program.port() != 0) {
                KnownPort.awaitListening(program.port());
            }
            return server;
        } catch (IOException failed) {
            started.destroy();
            throw failed;
        }
    }

    /// What the tables call it.
    public String name() {
        return name;
    }

    /// Where it listens on the loopback.
    public int port() {
        return port;
    }

    /// Processor time of all its threads so far.
    public long cpuNanos() throws IOException {
        return ProcessorTime.ofProcess(process.pid());
    }

    /// The bytes of its heap that are in use after a collection; only a JVM can say.
    public long heapBytes() throws IOException {
        in.write("heap\n");
        in.flush();
        return number("heap");
    }

    /// The bytes of its memory that are resident.
    public long residentBytes() throws IOException {
        return Memory.kilobytes(Path.of("/proc", String.valueOf(process.pid()), "status"), "VmRSS:") << 10;
    }

    private long number(String what) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(what + " ")) {
                return Long.parseLong(line.substring(what.length() + 1).strip());
            }
        }
        throw new IOException(name + " ended before it told its " + what);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
