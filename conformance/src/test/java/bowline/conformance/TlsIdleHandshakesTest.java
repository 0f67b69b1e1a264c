package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.conformance.TlsPeers.Asker;
import bowline.conformance.TlsPeers.Echo;
import bowline.conformance.TlsPeers.Served;
import bowline.failure.Failure;
import bowline.tls.TlsLimits;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// TLS-4 of the security rules: connections that begin a handshake and never go on with it.
@EnabledOnOs(OS.LINUX) // of whose loopback every address of 127.0.0.0/8 is one
class TlsIdleHandshakesTest {
    private static final int MOST = 10_000;

    /// For this machine's program itself.
    private static final int SPARE_DESCRIPTORS = 600;

    private static final int BY_SOURCE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @TempDir
    private Path folder;

    @Test
    @DisplayName("TLS-4: ten thousand idle handshakes leave a well-behaved client undisturbed, and are ended in time")
    void idleHandshakes() throws Exception {
        int count = Math.min(MOST, (freeDescriptors() - SPARE_DESCRIPTORS) / 2);
        Assumptions.assumeTrue(count >= BY_SOURCE, "there are too few descriptors (ulimit -n)");
        var ended = new AtomicInteger();
        List<SocketChannel> idle = new ArrayList<>();
        try (TlsPeers peers = new TlsPeers(folder)) {
            Served served = peers.listen(
                    peers.serves("jsse")
                            .limits(TlsLimits.DEFAULT.handshakeTimeout(PATIENCE))
                            .build(),
                    seen -> new Echo(seen) {
                        @Override
                        public void connectionLost(Failure reason) {
                            if (reason.message().contains("handshakeTimeout")) {
                                ended.incrementAndGet();
                            }
                        }
                    });
            Asker good = peers.begin(peers.asks("jsse").build(), served.port, new Asker("0\n", "the end"));
            good.awaitText("0\n");
            long longest = 0;
            for (int i = 0; i < count; i++) {
                idle.add(begin(served.port, i));
                if (i % BY_SOURCE == 0) {
                    longest = Math.max(longest, roundTrip(peers, good, "round " + i + "\n"));
                }
            }
            longest = Math.max(longest, roundTrip(peers, good, "all are there\n"));
            Asker late = peers.begin(peers.asks("jsse").build(), served.port, new Asker("late\n", "late\n"));
            assertThat(late.end().text()).isEqualTo("late\n");
            assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(2));

            Await.until(() -> ended.get() >= count, () -> ended + " of " + count + " have ended");
            roundTrip(peers, good, "still here\n");
            peers.live.call(() -> {
                good.transport().abortConnection();
                return true;
            });
        } finally {
            for (SocketChannel each : idle) {
                each.close();
            }
        }
    }

    private static int freeDescriptors() {
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
        return (int) Math.min(free, Integer.MAX_VALUE);
    }

    /// Every second one sends half a ClientHello. They come from many sources, for one alone may not have so many.
    private static SocketChannel begin(int port, int i) throws Exception {
        SocketChannel channel = SocketChannel.open();
        int source = i / BY_SOURCE;
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + source)}), 0));
        channel.connect(new InetSocketAddress("127.0.0.1", port));
        if (i % 2 == 0) {
            channel.write(halfOfHello());
        }
        return channel;
    }

    private static ByteBuffer halfOfHello() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        hello.flip();
        return hello.limit(hello.limit() / 2);
    }

    /// @return in nanoseconds
    private static long roundTrip(TlsPeers peers, Asker good, String line) throws Exception {
        long begun = System.nanoTime();
        peers.live.call(() -> {
            good.transport().write(line.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return true;
        });
        good.awaitText(line);
        return System.nanoTime() - begun;
    }
}
