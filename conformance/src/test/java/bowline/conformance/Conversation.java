package bowline.conformance;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What a person types and sees at `nc`, with a program that may still be starting.
final class Conversation implements AutoCloseable {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(20);

    private final Socket socket;
    private final BufferedReader received;

    Conversation(String host, int port) throws IOException {
        socket = connect(host, port);
        socket.setSoTimeout((int) TIME_LIMIT.toMillis());
        received = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void type(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void end() throws IOException {
        socket.shutdownOutput();
    }

    void expect(String line) throws IOException {
        String actual = received.readLine();
        assertTrue(
                actual != null && new Expected(line).fits(actual), () -> "received " + actual + " instead of " + line);
    }

    void expectClosed() throws IOException {
        assertNull(received.readLine(), "the other side should have closed");
    }

    /// Returns when somebody listens there.
    static void awaitListening(String host, int port) throws IOException {
        connect(host, port).close();
    }

    /// There is no other sign than this of a program of somebody's own being ready.
    private static Socket connect(String host, int port) throws IOException {
        long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
        while (true) {
            try {
                return new Socket(host, port);
            } catch (ConnectException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
