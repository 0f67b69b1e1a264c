package bowline.junit.layout.planted.pure;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.List;

/// Reads the clock, knows sockets and threads.
final class Impostor {
    long clock() {
        return System.nanoTime();
    }

    Instant wall() {
        return Instant.now();
    }

    List<SocketChannel> sockets() throws IOException {
        return List.of();
    }

    void thread(Runnable work) {
        new Thread(work);
    }
}
