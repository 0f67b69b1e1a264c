package bowline.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A load on servers by `load.c` or `tls-load.c`, programs whose arguments are the port, those of the workload, the
/// milliseconds to warm up and those to measure; they print `begin`, in the end `end MESSAGES NANOSECONDS`, and
/// wait for their input to end.
///
/// @param program in C, without the `.c`
/// @param cores those it runs on, as in `1` or `0,1`
/// @param workload its arguments between the port and the times
public record Load(String program, String cores, List<String> workload) {

    /// A load by `load.c` on core 1.
    public static Load of(String... workload) {
        return by("load", List.of(workload));
    }

    /// A load by another program on core 1.
    public static Load by(String program, List<String> workload) {
        return new Load(program, "1", workload);
    }

    /// The same on other cores.
    public Load on(String others) {
        return new Load(program, others, workload);
    }

    /// Puts a server under this load and measures it.
    public Sample sample(ServerProcess server, long warmUpMillis, long measuredMillis) throws IOException {
        Process process = start(server, "" + warmUpMillis, "" + measuredMillis);
        try (var lines = process.inputReader()) {
            expect(lines, "begin");
            long machineBefore = ProcessorTime.ofMachine();
            long loadBefore = ProcessorTime.ofProcess(process.pid());
            long serverBefore = server.cpuNanos();
            String[] end = expect(lines, "end").split(" ");
            long serverNanos = server.cpuNanos() - serverBefore;
            long ourNanos = serverNanos + ProcessorTime.ofProcess(process.pid()) - loadBefore;
            long machineNanos = ProcessorTime.ofMachine() - machineBefore;
            return new Sample(Long.parseLong(end[1]), Long.parseLong(end[2]), serverNanos, machineNanos - ourNanos);
        } finally {
            stop(process);
        }
    }

    Process start(ServerProcess server, String... times) throws IOException {
        var arguments = new ArrayList<>(List.of("" + server.port()));
        arguments.addAll(workload);
        arguments.addAll(List.of(times));
        return Program.c("load", program).with(arguments).startOn(cores);
    }

    static void stop(Process process) {
        process.destroy();
        process.onExit().join();
    }

    static String expect(BufferedReader lines, String start) throws IOException {
        String line = lines.readLine();
        if (line == null || !line.startsWith(start)) {
            throw new IOException("the load said \"" + line + "\" where \"" + start + "\" was expected");
        }
        return line;
    }
}
