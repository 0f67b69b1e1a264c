package bowline.bench.server;

import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/// What each server of the benchmark answers on its standard input: `heap` gives the bytes in use after
/// collection; the end of the input ends the server.
public final class ServerControl {
    private static final int COLLECTIONS = 4;

    private ServerControl() {}

    /// Says where the server listens, and answers from now on.
    public static void start(int port) {
        IO.println("port " + port);
        Thread.ofPlatform().daemon().name("control").start(() -> {
            for (String line = readLine(); line != null; line = readLine()) {
                IO.println("heap " + heapBytes());
            }
            Runtime.getRuntime().halt(0);
        });
    }

    private static @Nullable String readLine() {
        return IO.readln();
    }

    private static long heapBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
