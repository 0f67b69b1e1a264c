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

    private final Duration interval;
    private final Supplier<LoopingCall> calls;
    private @Nullable LoopingCall loop;
    private Deferred<?> ended = Deferred.succeed(true);

    /// Calls `call` every `interval`.
    public TimerService(Clock clock, Duration interval, Action call) {
        this(interval, () -> new LoopingCall(clock, call));
    }

    private TimerService(Duration interval, Supplier<LoopingCall> calls) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval " + interval + " is negative; zero calls on each turn");
        }
        this.interval = interval;
        this.calls = calls;
    }

    /// Calls `call` every `interval`; the next one waits for the Deferred of the one before.
    public static TimerService deferring(Clock clock, Duration interval, Callable<? extends Deferred<?>> call) {
        return new TimerService(interval, () -> LoopingCall.deferring(clock, call));
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
        ended.onBoth(() -> stopped.callback(null));
        return stopped;
    }
}
