package bowline.bench.table;

import bowline.bench.server.Held;
import bowline.bench.server.Load;
import bowline.bench.server.Memory;
import bowline.bench.server.Program;
import bowline.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What one idle connection costs: heap, memory outside of it, and the kernel's.
///
/// @param name how the table calls it, and what `--rows` looks for
/// @param service which servers it needs
/// @param load the program that holds the connections
/// @param after what each has been through before it is idle, as that program calls it
public record Idle(String name, Service service, String load, String after) {
    /// Few at a time, or what they leave free would be taken again by those that count.
    private static final int WARM_UP = 200;
    private static final int WARM_UPS = 10;
    /// Until the server has closed what the load has let go.
    private static final int SETTLE_MILLIS = 1000;
    private static final int SPARE_DESCRIPTORS = 500;
    private static final Path LIMITS = Path.of("/proc/self/limits");

    /// As many connections as one process can have descriptors, but not more than asked for.
    static int connections(int most) throws IOException {
        try (var lines = Files.lines(LIMITS)) {
            String line = lines.filter(each -> each.startsWith("Max open files"))
                    .findFirst()
                    .orElseThrow();
            String hard = line.split("\\s+")[4];
            return (int) Math.min(most, Long.parseLong(hard) - SPARE_DESCRIPTORS);
        }
    }

    /// Measures one server, which is started for that alone.
    ///
    /// @param collects whether it has a heap
    Memory measure(Program program, boolean collects, int connections) throws IOException, InterruptedException {
        try (var server = ServerProcess.start(program)) {
            for (int i = 0; i < WARM_UPS; i++) {
                Held.open(server, holding(WARM_UP)).close();
            }
            Thread.sleep(SETTLE_MILLIS);
            Memory before = Memory.of(server, collects);
            try (var _ = Held.open(server, holding(connections))) {
                return Memory.of(server, collects).since(before, connections);
            }
        }
    }

    private Load holding(int connections) {
        return Load.by(load, List.of("hold", "" + connections, after));
    }
}
