package bowline.bench.server;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Ports for servers that are told where to listen, and do not say when they do.
public final class KnownPort {
    private static final int TRIES = 200;
    private static final int PAUSE_MILLIS = 50;

    private KnownPort() {}

    /// A port of the loopback that is free now.
    public static int free() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /// Waits until something listens there.
    ///
    /// @throws IOException if nothing does after 10 seconds
    public static void awaitListening(int port) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
        throw new IOException("nothing listens at port " + port);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            throw (IOException) new InterruptedIOException("while waiting for a server").initCause(stopped);
        }
    }
}
