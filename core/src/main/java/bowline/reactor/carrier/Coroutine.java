package bowline.reactor.carrier;

import bowline.defer.Awaiter;
import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.failure.Debug;
import bowline.failure.Failure;
import bowline.log.Causes;
import bowline.log.LogContext;
import bowline.log.LogTurn;
import bowline.log.Logger;
import bowline.reactor.carrier.Coroutines.SetAside;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// One coroutine: the rules of section 7, whatever carries it.
///
/// It is *running* between [#enter] and [#leave], while whoever entered it waits; otherwise it is set
/// aside, in an `await` or, where the carrier allows that, in a blocking call of the JDK. So everything
/// here is touched by one thread at a time.
abstract class Coroutine<T extends @Nullable Object> extends Awaiter {
    /// How often a coroutine whose reactor has stopped is thrown out of a wait before it is given up.
    static final int ABANDON_ATTEMPTS = 100;

    /// The packages whose classes lie between a body that waits and the end of its stack.
    private static final List<String> WAITING =
            List.of("java.", "jdk.", "bowline.defer.", Coroutine.class.getPackageName() + ".");

    private static final Logger log = Logger.of(Coroutines.class);

    @Nullable
    Coroutine<?> older;

    @Nullable
    Coroutine<?> newer;

    protected final Coroutines family;
    private final Callable<T> body;
    private final LogContext context = LogContext.current();
    private final @Nullable LogTurn turns = LogContext.slot().turn();
    private final Deferred<T> outcome = new Deferred<>(this);
    private @Nullable Deferred<?> awaited;
    private @Nullable VirtualMachineError fatal;
    private final long number;
    private int steps;
    private int stepsSeen;
    private int roundsAside;
    private boolean resumed;
    private boolean cancelDue;
    private boolean finished;
    private boolean abandoned;
    private int evictions;

    Coroutine(Coroutines family, Callable<T> body) {
        this.family = family;
        number = family.nextNumber();
        this.body = Debug.enabled() ? Causes.current().then("coroutine", number).carry(body) : body;
    }

    /// Runs the coroutine, on its own thread, until it is set aside or ends.
    abstract void enter();

    /// Sets the coroutine aside until it is entered again. On its own thread.
    abstract void leave();

    /// The thread that its body runs on.
    abstract Thread thread();

    /// Interrupts the coroutine if it is set aside in a blocking call of the JDK, and lets it go on.
    ///
    /// @return whether it was in one
    abstract boolean interruptIfBlocked();

    final Deferred<T> outcome() {
        return outcome;
    }

    final boolean belongsTo(Coroutines others) {
        return family == others;
    }

    final void proceed() {
        countStep();
        enter();
        rethrowFatal();
    }

    /// It goes on now.
    final void countStep() {
        steps++;
    }

    /// Answers for how many rounds of looking it has not gone on, this one included.
    final int lookedAt() {
        roundsAside = steps == stepsSeen ? roundsAside + 1 : 0;
        stepsSeen = steps;
        return roundsAside;
    }

    final SetAside setAside(int rounds, int placesMax) {
        return new SetAside(toString(), rounds, context, places(placesMax));
    }

    /// An error of the JVM itself is no result: it goes to whoever let the coroutine run (FAI-13).
    final void rethrowFatal() {
        if (fatal != null) {
            VirtualMachineError thrown = fatal;
            fatal = null;
            throw thrown;
        }
    }

    // The body, on the coroutine's own thread

    final void run() {
        bind();
        LogContext.Slot slot = LogContext.slot();
        slot.swap(context);
        slot.turn(turns);
        try {
            finish(body.call());
        } catch (Throwable thrown) {
            if (thrown instanceof VirtualMachineError error && Failure.isFatal(error)) {
                fatal = error;
            } else {
                fail(thrown);
            }
        } finally {
            finished = true;
            family.delist(this);
        }
    }

    private void finish(T value) {
        if (value instanceof Deferred) {
            throw new IllegalArgumentException(
                    "a coroutine returned a Deferred; return what it carries, by await() (DEF-11)");
        }
        if (isOurs(outcome)) {
            outcome.callback(value);
        }
    }

    private void fail(Throwable thrown) {
        if (!isOurs(outcome)) {
            return;
        }
        outcome.errback(thrown);
        if (abandoned) {
            outcome.<@Nullable Void>addCallbacks(_ -> null, failure -> {
                failure.trap(CancelledError.class); // the end of the reactor is no news to anyone
                return null;
            });
        }
    }

    private static boolean isOurs(Deferred<?> outcome) {
        if (outcome.called()) {
            log.warn("a coroutine's Deferred was fired by somebody else; what the coroutine itself came to is dropped");
        }
        return !outcome.called();
    }

    // Awaiting

    @Override
    protected final void suspend(Deferred<?> upon) {
        if (upon == outcome) {
            throw new IllegalStateException("a coroutine awaits its own result, which would never come");
        }
        resumed = false;
        throwOutIfAbandoned();
        awaited = upon;
        try {
            cancelIfDue(upon);
            while (!resumed) {
                leave();
                throwOutIfAbandoned();
            }
        } finally {
            awaited = null;
        }
    }

    private void throwOutIfAbandoned() {
        if (evictions > 0 && !resumed && evictions++ < ABANDON_ATTEMPTS) {
            throw new CancelledError("the reactor of this coroutine has stopped");
        }
    }

    @Override
    protected final void resume() {
        resumed = true;
        if (Awaiter.current() != this && !finished) {
            proceed();
        }
    }

    // Cancelling

    @Override
    protected final @Nullable Deferred<?> awaited() {
        return awaited;
    }

    /// Nothing is awaited: a blocking call is interrupted; a body that runs is cancelled where it awaits next.
    @Override
    public final void cancel(Deferred<?> cancelled) {
        if (!interruptIfBlocked()) {
            cancelDue = true;
        }
    }

    private void cancelIfDue(Deferred<?> upon) {
        if (cancelDue) {
            cancelDue = false;
            upon.cancel();
        }
    }

    /// Brings the coroutine to its end, for the loop is over.
    ///
    /// @return whether it has ended
    final boolean abandon() {
        abandoned = true;
        outcome.cancel();
        evictions = 1;
        for (int attempt = 0; attempt < ABANDON_ATTEMPTS && !finished; attempt++) {
            evict();
        }
        return finished;
    }

    private void evict() {
        if (awaited != null) {
            proceed();
        } else {
            interruptIfBlocked();
        }
    }

    /// Where its body is, innermost first, without the frames by which it waits.
    ///
    /// @param placesMax how many lines are told
    final List<String> places(int placesMax) {
        return Arrays.stream(thread().getStackTrace())
                .dropWhile(Coroutine::isOfWaiting)
                .limit(placesMax)
                .map(StackTraceElement::toString)
                .toList();
    }

    private static boolean isOfWaiting(StackTraceElement frame) {
        String name = frame.getClassName();
        return WAITING.stream().anyMatch(name::startsWith);
    }

    /// What it does or waits for.
    @Override
    public String toString() {
        return "coroutine " + number
                + (finished ? " that has ended" : awaited == null ? " that runs or blocks" : " awaiting " + awaited);
    }
}
