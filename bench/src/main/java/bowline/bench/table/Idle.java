package bowline.bench.table;

import bowline.bench.server.Held;
import bowline.bench.server.Memory;
import bowline.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What one idle connection costs: heap, memory outside of it, and the kernel's.
///
/// @param name how the table calls it, and what `--rows` looks for
/// @param service which servers it needs; with HTTP each connection has had one request answered
record Idle(String name, Service service) {

    /// All there are.
    static final List<Idle> ALL = List.of(
            new Idle("idle connection, nothing sent", Service.ECHO),
            new Idle("idle HTTP connection, after a request", Service.HTTP));

    private static final int WARM_UP = 2000;
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
    Memory measure(Peer peer, int connections) throws IOException, InterruptedException {
        boolean collects = peer.family() != Peer.Family.FLOOR;
        boolean asks = service == Service.HTTP;
        try (var server = ServerProcess.start(peer.program(service))) {
            Held.open(server, WARM_UP, asks).close();
            Thread.sleep(SETTLE_MILLIS);
            Memory before = Memory.of(server, collects);
            try (var _ = Held.open(server, connections, asks)) {
                return Memory.of(server, collects).since(before, connections);
            }
        }
    }
}
