package bowline.service;

import bowline.defer.Deferred;
import bowline.log.Logger;
import bowline.task.LoopingCall;
import bowline.time.Action;
import bowline.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Calls something again and again while it runs, the first time at its start (SVC-7). A call that fails is logged and
/// ends the calls; stopping waits for a call that is under way.
public final class TimerService extends Service {
    private static final Logger log = Logger.of(TimerService.class);

    private final Clock clock;
    private final Duration interval;
    private final Supplier<LoopingCall> calls;
    private @Nullable LoopingCall loop;
    private Deferred<?> ended = Deferred.succeed(true);

    /// Calls `call` every `interval`.
    public TimerService(Clock clock, Duration interval, Action call) {
        this(clock, interval, () -> new LoopingCall(clock, call));
    }

    private TimerService(Clock clock, Duration interval, Supplier<LoopingCall> calls) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval " + interval + " is negative; zero calls on each turn");
        }
        this.clock = clock;
        this.interval = interval;
        this.calls = calls;
    }

    /// Calls `call` every `interval`; the next one waits for the Deferred of the one before.
    public static TimerService deferring(Clock clock, Duration interval, Callable<? extends Deferred<?>> call) {
        return new TimerService(clock, interval, () -> LoopingCall.deferring(clock, call));
    }

    @Override
    protected void startService() {
        LoopingCall started = calls.get();
        loop = started;
        ended = started.start(interval).addErrback(failure -> {
            log.failure("a timer's call failed; it is not called any more", failure);
            return started;
        });
    }

    @Override
    protected Deferred<@Nullable Void> stopService() {
        if (loop != null && loop.running()) {
            loop.stop();
        }
        Deferred<@Nullable Void> stopped = new Deferred<>();
        ended.onBoth(() -> {
            if (!stopped.called()) { // else it was not waited for any longer
                stopped.callback(null);
            }
        });
        return stopped;
    }

    /// As [#stopService], but a call that is under way is waited for no longer than that: it is left to itself
    /// then.
    @Override
    protected Deferred<@Nullable Void> drainService(Duration deadline) {
        Deferred<@Nullable Void> ended = stopService();
        if (ended.called()) {
            return ended;
        }
        return ended.addTimeout(deadline, clock, (_, _) -> {
            log.warn("a timer's call did not end within {seconds} s and is left to itself", deadline.toMillis() / 1e3);
            return null;
        });
    }
}
