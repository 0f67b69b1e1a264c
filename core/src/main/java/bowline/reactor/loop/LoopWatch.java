package bowline.reactor.loop;

import bowline.reactor.watch.ReactorDescription;
import bowline.reactor.watch.ReactorStats;
import bowline.reactor.watch.ReactorWatch;
import bowline.reactor.watch.StallLimits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// What is told of one loop to those who look.
final class LoopWatch implements ReactorWatch {
    private static final AtomicInteger MADE = new AtomicInteger();

    private final Loop loop;
    private final int reactor = MADE.incrementAndGet();

    LoopWatch(Loop loop) {
        this.loop = loop;
    }

    @Override
    public int reactor() {
        return reactor;
    }

    @Override
    public String threadName() {
        Thread thread = loop.life().thread();
        return thread == null ? "not running" : thread.getName();
    }

    @Override
    public ReactorStats stats() {
        loop.turn().asleep(); // a volatile read: what the loop counted before it last wrote there is seen below
        Tally tally = loop.tally();
        Pace pace = loop.pace();
        return new ReactorStats(
                reactor,
                tally.turns.number(),
                tally.callbacks,
                Duration.ofNanos(pace.busyNanos()),
                Duration.ofNanos(pace.asleepNanos()),
                tally.accepted + tally.connected - tally.closed,
                tally.accepted,
                tally.connected,
                tally.connectsFailed,
                tally.closed,
                tally.received,
                tally.sent,
                tally.datagramsReceived,
                tally.datagramsSent,
                loop.turn().timersWaiting(),
                tally.timers,
                tally.calls,
                loop.threadPool().unfinishedWork(),
                loop.coroutines().alive(),
                tally.errors,
                loop.stalls().slowCallbacks());
    }

    @Override
    public Runnable watchStalls(StallLimits limits) {
        return loop.stalls().watch(limits);
    }

    @Override
    public ReactorDescription describe(Duration patience) {
        return Describing.of(loop, patience);
    }

    @Override
    public String toString() {
        return "watch of reactor " + reactor + " (" + threadName() + ")";
    }
}
