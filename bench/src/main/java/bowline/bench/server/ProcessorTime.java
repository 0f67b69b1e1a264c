package bowline.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Processor time as Linux counts it.
final class ProcessorTime {
    private static final long TICK_NANOS = 10_000_000;
    private static final int USER = 1;
    private static final int SYSTEM = 3;
    private static final int IRQ = 6;
    private static final int STEAL = 8;

    private ProcessorTime() {}

    /// That of all living threads of a process, in nanoseconds.
    static long ofProcess(long pid) throws IOException {
        long nanos = 0;
        try (var tasks = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "task"))) {
            for (Path task : tasks) {
                nanos += Long.parseLong(
                        Files.readString(task.resolve("schedstat")).split(" ")[0]);
            }
        }
        return nanos;
    }

    /// That of the whole machine, in nanoseconds but only as exact as its ticks of 10 ms: what its processors
    /// did, and what the host of a virtual machine took from it.
    static long ofMachine() throws IOException {
        String[] fields;
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            fields = lines.findFirst().orElseThrow().split(" +");
        }
        long ticks = 0;
        for (int field = USER; field <= STEAL; field++) {
            if (field <= SYSTEM || field >= IRQ) { // idle, and waiting for disks, are between
                ticks += Long.parseLong(fields[field]);
            }
        }
        return ticks * TICK_NANOS;
    }
}
