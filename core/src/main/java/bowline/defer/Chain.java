package bowline.defer;

import bowline.failure.Debug;
import bowline.failure.Failure;
import bowline.log.Logger;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The untyped half of a [Deferred]: its state, and the loop that runs its layers (DEF-1).
///
///     unfired    result == UNFIRED         attendant: the canceller, if any; a coroutine's is its Awaiter
///     waiting    pauses > 0                attendant: the chain it waits on
///     at rest    fired, no layer is left   attendant: the watch over a failure nobody handled, if any
///
/// One field serves for the three attendants because no two are ever needed at once; a Deferred is
/// made for every single operation, so its size counts. A failure is a result that is a [Failure].
abstract sealed class Chain permits Deferred {
    private static final Logger log = Logger.of(Deferred.class);
    private static final Object UNFIRED = new Object();
    private static final Object CANCELLING = new Object();

    private @Nullable Object result = UNFIRED;
    private @Nullable Layer first;
    private @Nullable Layer last;
    private @Nullable Object attendant;
    private final @Nullable Trail trail;
    private int pauses;
    private boolean running;
    private boolean ignoresOneResult;
    private boolean claimed;
    private boolean waitedFor;

    Chain(@Nullable Canceller canceller) {
        attendant = canceller;
        trail = Debug.enabled() ? new Trail(this) : null;
    }

    // Firing and stopping

    /// Fires with a value or a [Failure], and runs what can run.
    final void fire(@Nullable Object outcome) {
        if (!accept(outcome)) {
            return;
        }
        if (trail == null) {
            run();
        } else {
            trail.run(this::run);
        }
    }

    /// Takes the first result without running a layer. False for the one late result that a cancelled
    /// Deferred without a canceller puts up with (CAN-4).
    final boolean accept(@Nullable Object outcome) {
        touch();
        if (outcome instanceof Chain) {
            throw new IllegalArgumentException("a Deferred cannot fire with a Deferred as its value;"
                    + " use chainDeferred, or return it from a callback added with addCallbackDeferring");
        }
        if (called()) {
            refuseSecondResult();
            return false;
        }
        if (trail != null) {
            trail.fired();
        }
        attendant = null;
        result = outcome;
        return true;
    }

    private void refuseSecondResult() {
        if (!ignoresOneResult) {
            throw new AlreadyCalledError(trail == null ? "" : trail.toString());
        }
        ignoresOneResult = false;
    }

    /// Whether it has fired. The result may still be on its way through the layers.
    public final boolean called() {
        return result != UNFIRED;
    }

    /// Asks for the end of the operation (section 2). Unfired: its canceller is called, and unless that
    /// fires it, it fails with [CancelledError]. Waiting on another Deferred: that one is cancelled.
    /// A coroutine's: what it awaits is cancelled (COR-6). Finished: nothing happens. Never throws what a
    /// canceller throws, but logs it (CAN-8).
    public final void cancel() {
        touch();
        Chain target = this;
        for (Chain inner = inward(); inner != null; inner = inner.inward()) {
            target = inner;
        }
        if (!target.called()) {
            target.cancelUnfired();
        }
    }

    /// What must end before this one can: what its chain waits for, or what its coroutine awaits (COR-7).
    private @Nullable Chain inward() {
        if (attendant instanceof Chain inner) {
            return inner;
        }
        return attendant instanceof Awaiter coroutine ? coroutine.awaited() : null;
    }

    private void cancelUnfired() {
        switch (attendant) {
            case Awaiter coroutine -> stop(coroutine); // whose body then decides what comes of it
            case Canceller canceller -> {
                attendant = CANCELLING;
                stop(canceller);
                fireCancelled();
            }
            case null -> {
                ignoresOneResult = true;
                fireCancelled();
            }
            default -> {} // CANCELLING: its own canceller asks once more
        }
    }

    private void fireCancelled() {
        if (!called()) {
            fire(Failure.of(new CancelledError()));
        }
    }

    private void stop(Canceller canceller) {
        try {
            canceller.cancel((Deferred<?>) this);
        } catch (Throwable thrown) {
            log.failure("a canceller failed; its Deferred is cancelled all the same", Failure.of(thrown));
        }
    }

    /// Holds the layers back until [#unpause]; pauses nest (DEF-20).
    public final void pause() {
        touch();
        pauses++;
    }

    /// Ends one pause; the last one lets the layers run, if the result is there (DEF-20).
    ///
    /// @throws IllegalStateException if it is not paused, or only by waiting for another Deferred
    public final void unpause() {
        touch();
        if (pauses == (attendant instanceof Chain ? 1 : 0)) {
            throw new IllegalStateException("unpause() without pause(): each pause is ended once");
        }
        pauses--;
        run();
    }

    // The result

    /// Whether the result has come to the end of the chain as it is now.
    public final boolean hasResult() {
        return first == null && canRun();
    }

    /// The present result: a value, or a [Failure]. Reading it does not count as handling.
    ///
    /// @throws IllegalStateException if there is none yet; ask [#hasResult]
    public final @Nullable Object result() {
        if (!hasResult()) {
            throw new IllegalStateException("no result yet: " + this);
        }
        return result;
    }

    /// The result for a coroutine that asks for it: it stays, and a failure counts as handled (COR-4).
    final @Nullable Object claim() {
        handled();
        claimed = true;
        return result;
    }

    /// The result, which is from now on somebody else's to handle (DEF-16).
    final @Nullable Object giveAway() {
        handled();
        claimed = false;
        Object given = result;
        result = null;
        return given;
    }

    /// Ends the wait for another chain with that one's result.
    final void resumeWith(@Nullable Object given) {
        result = given;
        attendant = null;
        pauses--;
    }

    // The layers

    /// Adds a layer and runs what can run (DEF-7).
    final void addLayer(Layer layer) {
        touch();
        append(layer);
        run();
    }

    private void append(Layer layer) {
        if (last == null) {
            first = layer;
        } else {
            last.next = layer;
        }
        last = layer;
    }

    private Layer takeFirst(Layer layer) {
        first = layer.next;
        if (first == null) {
            last = null;
        }
        return layer;
    }

    private boolean canRun() {
        return result != UNFIRED && pauses == 0 && !running;
    }

    /// Runs what can run, here and in every chain that this one's result lets go on. Where those were
    /// let go is kept in a list, so that no depth of waiting deepens the thread's stack (DEF-19).
    private void run() {
        if (!canRun()) {
            return;
        }
        Chain current = this;
        ArrayDeque<Chain> interrupted = null;
        while (current != null) {
            Chain released = current.runLayers();
            if (released == null) {
                current = interrupted == null ? null : interrupted.poll();
                continue;
            }
            if (current.first != null) {
                interrupted = interrupted == null ? new ArrayDeque<>() : interrupted;
                interrupted.push(current);
            }
            current = released;
        }
    }

    /// Runs layers until none is left or this chain must wait (answers null), or until another chain can
    /// go on (answers that one).
    private @Nullable Chain runLayers() {
        while (first != null && canRun()) {
            Layer layer = takeFirst(first);
            if (layer instanceof Layer.Handover handover) {
                Chain released = handOver(handover);
                if (released != null) {
                    return released;
                }
            } else {
                claimed = layer instanceof Layer.Arrival;
                take(answerOf(layer));
            }
        }
        settle();
        return null;
    }

    private @Nullable Chain handOver(Layer.Handover handover) {
        try {
            return handover.release(this);
        } catch (Throwable thrown) {
            result = Failure.of(thrown);
            return null;
        }
    }

    private @Nullable Object answerOf(Layer layer) {
        running = true;
        try {
            return layer.apply(result);
        } catch (Throwable thrown) {
            return Failure.of(thrown);
        } finally {
            running = false;
        }
    }

    private void take(@Nullable Object answer) {
        if (!(answer instanceof Chain inner)) {
            result = answer;
        } else if (inner == this || inner.waitsFor(this)) {
            result = Failure.of(new IllegalStateException("a callback returned the Deferred that it was called by,"
                    + " or one that waits for that; it would wait for itself for ever"));
        } else if (inner.hasResult()) {
            result = inner.giveAway();
        } else {
            waitFor(inner);
        }
    }

    private void waitFor(Chain inner) {
        handled();
        result = null;
        pauses++;
        attendant = inner;
        inner.waitedFor = true;
        inner.append(new Layer.Chainee(this));
    }

    /// Whether this waits for `other`, however indirectly. Mostly two flag tests: something must wait for
    /// `other`, and this must wait for something.
    private boolean waitsFor(Chain other) {
        if (!other.waitedFor) {
            return false;
        }
        Chain chain = this;
        while (chain.attendant instanceof Chain inner) {
            if (inner == other) {
                return true;
            }
            chain = inner;
        }
        return false;
    }

    // Failures that nobody handles

    private void settle() {
        if (!hasResult()) {
            return;
        }
        if (result instanceof Failure failure && !claimed) {
            watch(failure);
        } else {
            handled();
        }
    }

    private void watch(Failure failure) {
        if (!(attendant instanceof UnhandledWatch watch && watch.isOver(failure))) {
            handled();
            attendant = UnhandledWatch.begin(this, failure, trail);
        }
    }

    private void handled() {
        if (attendant instanceof UnhandledWatch watch) {
            watch.end();
            attendant = null;
        }
    }

    // Debugging

    /// With debugging on, refuses a thread that this chain's loop does not own (DEF-27).
    private void touch() {
        if (trail != null) {
            trail.checkThread();
        }
    }

    /// Class, identity, and the result or what it waits for (DEF-25).
    @Override
    public final String toString() {
        if (attendant instanceof Chain inner) {
            return name() + " waiting on " + inner.name();
        }
        return called() ? name() + " current result: " + result : name();
    }

    private String name() {
        String name = "Deferred@" + Integer.toHexString(System.identityHashCode(this));
        return trail == null || trail.number() == 0 ? name : name + " (number " + trail.number() + ")";
    }
}
