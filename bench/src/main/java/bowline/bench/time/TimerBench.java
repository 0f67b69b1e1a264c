package bowline.bench.time;

import bowline.reactor.Reactor;
import bowline.time.DelayedCall;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Creates a timed call and cancels it again, among as many others as are alive: what every connection's time-out does.
/// The reactor is not running, which makes no difference to its timers; Netty's loop is asked on its own thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx2g", "--sun-misc-unsafe-memory-access=allow"})
public class TimerBench {
    private static final int BATCH = 10_000;
    private static final long A_DAY_SECONDS = 86_400;

    /// Timed calls that are alive all the while.
    @Param({"0", "1000000"})
    public int alive;

    private final Reactor reactor = Reactor.create("nio");
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private long spread;
    private int filed;

    /// Files the timed calls that stay.
    @Setup(Level.Trial)
    public void fill() throws Exception {
        for (int i = 0; i < alive; i++) {
            reactor.callLater(Duration.ofSeconds(delay()), () -> {});
        }
        loop.submit(() -> {
                    for (int i = 0; i < alive; i++) {
                        ScheduledFuture<?> stays = loop.schedule(() -> {}, delay(), TimeUnit.SECONDS);
                        filed += stays.isDone() ? 0 : 1;
                    }
                })
                .sync();
    }

    /// Ends Netty's thread.
    @TearDown(Level.Trial)
    public void end() throws Exception {
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    }

    private long delay() {
        spread = (spread * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L);
        return 60 + (spread >>> 33) % A_DAY_SECONDS;
    }

    /// Bowline.
    @Benchmark
    public boolean bowline() {
        DelayedCall call = reactor.callLater(Duration.ofSeconds(delay()), () -> {});
        call.cancel();
        return call.active();
    }

    /// Netty, in batches on its loop's thread, so that going there costs nothing that shows.
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public boolean netty() throws Exception {
        return loop.submit(() -> {
                    boolean cancelled = false;
                    for (int i = 0; i < BATCH; i++) {
                        ScheduledFuture<?> call = loop.schedule(() -> {}, delay(), TimeUnit.SECONDS);
                        cancelled |= call.cancel(false);
                    }
                    return cancelled;
                })
                .get();
    }
}
