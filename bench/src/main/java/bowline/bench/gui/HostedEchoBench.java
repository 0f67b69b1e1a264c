package bowline.bench.gui;

import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One message to an echo server and back, by a client that blocks: the server's reactor on a thread of its own, and on
/// Swing's event thread, to which every turn is handed over (REA-14).
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class HostedEchoBench {
    private static final int MESSAGE_BYTES = 64;

    /// Where the server's callbacks run.
    @Param({"nio", "swing"})
    public String reactorName = "";

    private final byte[] message = new byte[MESSAGE_BYTES];
    private final Socket client = new Socket();
    private @Nullable Reactor running;
    private @Nullable Thread runner;

    /// Starts the server and connects to it.
    @Setup
    public void start() throws IOException {
        System.setProperty("java.awt.headless", "true");
        Reactor reactor = Reactor.create(reactorName);
        int port = reactor.listenTcp(0, Factory.of(Echo::new), ListenOptions.DEFAULT.on("127.0.0.1"))
                .port();
        running = reactor;
        runner = Thread.ofPlatform().start(() -> reactor.run(false));
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        client.setTcpNoDelay(true);
    }

    /// One message there and back.
    @Benchmark
    public int roundTrip() throws IOException {
        client.getOutputStream().write(message);
        return client.getInputStream().readNBytes(message, 0, MESSAGE_BYTES);
    }

    /// Ends both.
    @TearDown
    public void stop() throws Exception {
        client.close();
        if (running != null && runner != null) {
            running.callFromThread(running::stop);
            runner.join();
        }
    }

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }
}
