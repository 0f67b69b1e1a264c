package bowline.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a server and the kernel hold at a moment, in bytes.
///
/// @param heap in use after a collection; 0 where there is none
/// @param resident of the server's memory; what grows is outside of the heap, which is resident from the start
/// @param kernel the slabs of the whole system: sockets and all that belongs to them, at both ends of connections on
/// one machine
public record Memory(long heap, long resident, long kernel) {

    /// What is held now.
    ///
    /// @param collects whether the server has a heap and can be asked about it
    public static Memory of(ServerProcess server, boolean collects) throws IOException {
        long heap = 0;
        if (collects) {
            server.heapBytes(); // What the first collection lets go, the second one frees.
            heap = server.heapBytes();
        }
        return new Memory(heap, server.residentBytes(), kilobytes(Path.of("/proc/meminfo"), "Slab:") << 10);
    }

    /// How much more there is than `before`, for each of `count`.
    public Memory since(Memory before, int count) {
        return new Memory(
                (heap - before.heap) / count, (resident - before.resident) / count, (kernel - before.kernel) / count);
    }

    static long kilobytes(Path file, String field) throws IOException {
        try (var lines = Files.lines(file)) {
            String line =
                    lines.filter(each -> each.startsWith(field)).findFirst().orElseThrow();
            return Long.parseLong(line.split("\\s+")[1]);
        }
    }
}
