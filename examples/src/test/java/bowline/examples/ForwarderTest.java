package bowline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import bowline.junit.Program;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// FWD-1, and a token bucket: the forwarder before a socket of Java's.
class ForwarderTest {
    private static final int SENT_BYTES = 60_000;
    private static final int RATE = 30_000;

    /// What the bucket has at first.
    private static final int BURST_BYTES = 16_384;

    @Test
    @DisplayName("what is sent arrives whole, both ways, no faster than it may")
    void passesOnSlowly() throws Exception {
        byte[] sent = new byte[SENT_BYTES];
        new Random(1).nextBytes(sent);
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program forwarder =
                        Program.start(Forwarder.class, "0", "tcp:127.0.0.1:" + listening.getLocalPort(), "" + RATE)) {
            int port = Integer.parseInt(forwarder.port());
            try (var client = new Socket(InetAddress.getLoopbackAddress(), port);
                    Socket target = listening.accept()) {
                target.setSoTimeout(20_000);
                client.setSoTimeout(20_000);
                long start = System.nanoTime();
                client.getOutputStream().write(sent);
                client.shutdownOutput();

                assertArrayEquals(sent, target.getInputStream().readAllBytes());
                long least = TimeUnit.SECONDS.toNanos(SENT_BYTES - BURST_BYTES) / RATE;
                assertThat(System.nanoTime() - start).isGreaterThan(least * 9 / 10);

                target.getOutputStream().write("thanks".getBytes(StandardCharsets.US_ASCII));
                target.shutdownOutput();
                assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo("thanks");
            }
        }
    }
}
