package bowline.reactor.loop;

import bowline.log.LogContext;
import bowline.log.LogTurn;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import bowline.reactor.carrier.Coroutines.SetAside;
import bowline.reactor.loop.Platform.Subscription;
import bowline.reactor.watch.StallLimits;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells the log what lasts too long in a loop. Callbacks are looked at by another thread, coroutines by a timed call.
final class Stalls {
    /// How often it is looked within the time that something may last.
    static final int LOOKS = 4;

    private static final Logger log = Logger.of(Reactor.class);

    private final Loop loop;
    private final AtomicLong slowCallbacks = new AtomicLong();
    private @Nullable CallbackWatch watching;
    private Subscription looking = Subscription.NONE;
    private @Nullable DelayedCall round;

    Stalls(Loop loop) {
        this.loop = loop;
    }

    /// How many callbacks were too slow, while somebody watched. From any thread.
    long slowCallbacks() {
        return slowCallbacks.get();
    }

    /// Watches from now on or, before the loop runs, from its beginning.
    Runnable watch(StallLimits wanted) {
        loop.check("ReactorWatch.watchStalls");
        end();
        var asked = new CallbackWatch(wanted);
        watching = asked;
        if (loop.life().thread() != null) {
            begin();
        }
        return () -> {
            if (watching == asked) {
                end();
                watching = null;
            }
        };
    }

    /// The loop begins to run.
    void begin() {
        if (watching == null) {
            return;
        }
        StallLimits allowed = watching.allowed;
        looking = loop.platform()
                .lookEvery(
                        allowed.callback().dividedBy(LOOKS),
                        "bowline watch of reactor " + loop.watch().reactor(),
                        watching::look);
        if (!allowed.parked().isZero()) {
            nextRound(allowed);
        }
    }

    /// The loop runs no more.
    void end() {
        looking.close();
        looking = Subscription.NONE;
        if (round != null) {
            round.cancelIfActive();
            round = null;
        }
    }

    /// Looks at the present callback. On a thread of its own.
    private final class CallbackWatch {
        private final StallLimits allowed;
        private final StallClock clock;

        CallbackWatch(StallLimits limits) {
            allowed = limits;
            clock = new StallClock(
                    limits.callback().toNanos(),
                    limits.callback().dividedBy(LOOKS).toNanos());
        }

        void look() {
            long present = loop.pace().present();
            switch (clock.look(loop.nanos(), present)) {
                case FINE -> {}
                case STALLED -> {
                    slowCallbacks.incrementAndGet();
                    tell(present);
                }
                case STILL_STALLED -> tell(present);
                case ENDED ->
                    log.warn(
                            "reactor {reactor}: the callback that did not return has done so, after {took}",
                            loop.watch().reactor(),
                            words(clock.endedNanos()));
            }
        }

        private void tell(long present) {
            LogContext context = loop.turn().presentContext();
            Thread thread = loop.presentThread();
            if (thread == null) {
                return;
            }
            List<String> stack = Arrays.stream(thread.getStackTrace())
                    .map(StackTraceElement::toString)
                    .toList();
            if (loop.pace().present() != present) {
                return; // it has ended just now: the stack is another's
            }
            as(
                    context,
                    loop.tally().turns,
                    () -> log.warn(
                            "reactor {reactor}: a callback has not returned for {lasted}, more than its budget of {budget};"
                                    + " nothing else is served meanwhile. Thread {thread} is here:"
                                    + lines(stack, allowed),
                            loop.watch().reactor(),
                            words(clock.lastedNanos()),
                            words(allowed.callback().toNanos()),
                            thread.getName()));
        }
    }

    private void nextRound(StallLimits allowed) {
        Duration step = allowed.parked().dividedBy(LOOKS);
        round = loop.turn().later(step, () -> {
            nextRound(allowed);
            loop.coroutines().lookAround(LOOKS, allowed.framesMax(), aside -> tell(aside, allowed));
        });
    }

    private void tell(SetAside aside, StallLimits allowed) {
        as(
                aside.context(),
                loop.tally().turns,
                () -> log.warn(
                        "{coroutine} has not gone on for {lasted}, more than the {limit} that it may; it is here:"
                                + lines(aside.places(), allowed),
                        aside.coroutine(),
                        words(aside.rounds() * (allowed.parked().toNanos() / LOOKS)),
                        words(allowed.parked().toNanos())));
    }

    /// Logs as if `context` and the present turn were the calling thread's.
    private static void as(LogContext context, LogTurn turns, Runnable logging) {
        LogContext.Slot slot = LogContext.slot();
        LogContext contextBefore = slot.swap(context);
        LogTurn turnsBefore = slot.turn(turns);
        try {
            logging.run();
        } finally {
            slot.swap(contextBefore);
            slot.turn(turnsBefore);
        }
    }

    private static String lines(List<String> stack, StallLimits allowed) {
        String lines = stack.stream()
                .limit(allowed.framesMax())
                .map(frame -> "\nat " + frame)
                .collect(Collectors.joining());
        int more = stack.size() - allowed.framesMax();
        return Logger.literal(more > 0 ? lines + "\n... " + more + " more" : lines);
    }

    private static String words(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
    }
}
