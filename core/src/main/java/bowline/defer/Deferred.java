package bowline.defer;

import bowline.defer.Layer.Chainee;
import bowline.failure.Debug;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.time.Action;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A result that may not be there yet, and the chain of layers that it will run through (section 1).
///
/// Every add method returns *this same* Deferred, typed by what its new last layer answers. Two adds
/// on one variable are therefore two layers in a row, never branches (DEF-13):
///
///     agent.getPage(uri)                       // Deferred<String>
///          .addCallback(String::length)        // now Deferred<Integer>: the same object
///          .addErrback(failure -> 0)
///
/// A layer added after the result is there runs before the add method returns (DEF-7). Handlers run on
/// the thread that fires or adds; nothing is dispatched behind anyone's back (DEF-28). Not thread-safe
/// (DEF-27). Chains of any length, and Deferreds waiting on Deferreds to any depth, use constant
/// stack (DEF-19).
///
/// @param <T> what the chain carries behind its last layer
public final class Deferred<T extends @Nullable Object> {
    private static final Logger log = Logger.of(Deferred.class);
    private static final Object UNFIRED = new Object();

    private @Nullable Object result = UNFIRED;
    private @Nullable Layer first;
    private @Nullable Layer last;
    private @Nullable Canceller canceller;
    private @Nullable Deferred<?> waitingOn;
    private int pauses;
    private boolean fired;
    private boolean running;
    private boolean ignoresOneResult;
    private boolean awaited;
    private @Nullable Trail trail;
    private @Nullable UnhandledError unhandled;

    /// An unfired Deferred. Cancelling it fires it with [CancelledError], and one late result is then
    /// ignored (CAN-3, CAN-4).
    public Deferred() {
        if (Debug.enabled()) {
            trail = new Trail();
        }
    }

    /// An unfired Deferred whose operation `canceller` can stop (CAN-1).
    public Deferred(Canceller canceller) {
        this();
        this.canceller = Objects.requireNonNull(canceller);
    }

    // Making fired ones

    /// A Deferred that has fired with `value` (DEF-22).
    public static <T extends @Nullable Object> Deferred<T> succeed(T value) {
        var deferred = new Deferred<T>();
        deferred.callback(value);
        return deferred;
    }

    /// A Deferred that has failed (DEF-22).
    public static <T extends @Nullable Object> Deferred<T> fail(Throwable thrown) {
        return fail(Failure.of(thrown));
    }

    /// A Deferred that has failed (DEF-22).
    public static <T extends @Nullable Object> Deferred<T> fail(Failure failure) {
        var deferred = new Deferred<T>();
        deferred.errback(failure);
        return deferred;
    }

    /// Calls `work` now: its value or its exception, as a fired Deferred (DEF-23).
    public static <T extends @Nullable Object> Deferred<T> execute(Callable<T> work) {
        try {
            return succeed(work.call());
        } catch (Throwable thrown) {
            return fail(thrown);
        }
    }

    /// Calls `work` now and returns its Deferred; what it throws becomes a failed one (DEF-24).
    public static <T extends @Nullable Object> Deferred<T> maybeDeferred(Callable<Deferred<T>> work) {
        try {
            return work.call();
        } catch (Throwable thrown) {
            return fail(thrown);
        }
    }

    // Adding layers

    /// Adds a layer that turns a value into the next one; a failure passes by (DEF-2).
    public <R extends @Nullable Object> Deferred<R> addCallback(Callback<? super T, ? extends R> callback) {
        return add(new Layer.OnValue(Objects.requireNonNull(callback)));
    }

    /// Adds a layer whose answer is itself a Deferred: the chain waits for it (DEF-14).
    public <R extends @Nullable Object> Deferred<R> addCallbackDeferring(
            Callback<? super T, ? extends Deferred<? extends R>> callback) {
        return add(new Layer.OnValue(Objects.requireNonNull(callback)));
    }

    /// Adds a layer that handles a failure; a value passes by (DEF-2, DEF-4).
    public Deferred<T> addErrback(Callback<Failure, ? extends T> errback) {
        return add(new Layer.OnFailure(Objects.requireNonNull(errback)));
    }

    /// Adds a layer that handles a failure by another operation, for which the chain waits.
    public Deferred<T> addErrbackDeferring(Callback<Failure, ? extends Deferred<? extends T>> errback) {
        return add(new Layer.OnFailure(Objects.requireNonNull(errback)));
    }

    /// Adds *one* layer with both sides: what `callback` throws is not seen by `errback` but by the
    /// next layer (DEF-6).
    public <R extends @Nullable Object> Deferred<R> addCallbacks(
            Callback<? super T, ? extends R> callback, Callback<Failure, ? extends R> errback) {
        return add(new Layer.OnEach(Objects.requireNonNull(callback), Objects.requireNonNull(errback)));
    }

    /// Adds a layer that sees either result.
    public <R extends @Nullable Object> Deferred<R> addBoth(BothCallback<? super T, ? extends R> both) {
        return add(new Layer.OnBoth(Objects.requireNonNull(both)));
    }

    /// Looks at a value that passes on unchanged.
    public Deferred<T> onSuccess(Look<? super T> look) {
        return add(new Layer.LookAtValue(Objects.requireNonNull(look)));
    }

    /// Looks at a failure that passes on unhandled.
    public Deferred<T> onFailure(Look<Failure> look) {
        return add(new Layer.LookAtFailure(Objects.requireNonNull(look)));
    }

    /// Does something whatever the result, which passes on unchanged: like `finally`.
    public Deferred<T> onBoth(Action action) {
        return add(new Layer.Finally(Objects.requireNonNull(action)));
    }

    /// Fires `target` with the result; this chain goes on with null (DEF-21).
    public Deferred<@Nullable Void> chainDeferred(Deferred<? super T> target) {
        return add(new Layer.Into(Objects.requireNonNull(target)));
    }

    // Firing

    /// Fires with a value. A [Failure] as the value takes the error path (DEF-9).
    ///
    /// @throws AlreadyCalledError if it has fired before (DEF-10)
    /// @throws IllegalArgumentException if the value is a Deferred (DEF-11)
    public void callback(T value) {
        fire(value);
    }

    /// Fires with a failure.
    ///
    /// @throws AlreadyCalledError if it has fired before (DEF-10)
    public void errback(Failure failure) {
        fire(Objects.requireNonNull(failure));
    }

    /// Fires with an exception.
    ///
    /// @throws AlreadyCalledError if it has fired before (DEF-10)
    public void errback(Throwable thrown) {
        fire(Failure.of(thrown));
    }

    private void fire(@Nullable Object outcome) {
        if (outcome instanceof Deferred) {
            throw new IllegalArgumentException("a Deferred cannot fire with a Deferred as its value;"
                    + " use chainDeferred, or return it from a callback added with addCallbackDeferring");
        }
        if (fired) {
            refuseSecondResult();
            return;
        }
        if (trail != null) {
            trail.fired();
        }
        fired = true;
        canceller = null;
        result = outcome;
        runChain();
    }

    private void refuseSecondResult() {
        if (!ignoresOneResult) {
            throw new AlreadyCalledError(trailText());
        }
        ignoresOneResult = false;
    }

    // Stopping and pacing

    /// Asks for the end of the operation (section 2). Unfired: its canceller is called, and unless that
    /// fires it, it fails with [CancelledError]. Waiting on another Deferred: that one is cancelled.
    /// A coroutine's: what it awaits is cancelled (COR-6). Finished: nothing happens. Never throws (CAN-8).
    public void cancel() {
        Deferred<?> target = this;
        for (Deferred<?> inner = inward(); inner != null; inner = inner.inward()) {
            target = inner;
        }
        if (!target.fired) {
            target.cancelUnfired();
        }
    }

    /// What must end before this one can: what its chain waits for, or what its coroutine awaits (COR-7).
    private @Nullable Deferred<?> inward() {
        if (fired) {
            return waitingOn;
        }
        return canceller instanceof Awaiter coroutine ? coroutine.awaited() : null;
    }

    private void cancelUnfired() {
        Canceller stop = canceller;
        if (stop == null) {
            ignoresOneResult = true;
            fire(Failure.of(new CancelledError()));
            return;
        }
        try {
            stop.cancel(this);
        } catch (Throwable thrown) {
            log.failure("a canceller failed; its Deferred is cancelled all the same", Failure.of(thrown));
        }
        if (!fired && !(stop instanceof Awaiter)) {
            fire(Failure.of(new CancelledError()));
        }
    }

    /// Cancels unless there is a result at this place of the chain within `timeout` (section 3). Layers
    /// added before see [CancelledError], layers added after see [TimeoutError] (TMO-6).
    public Deferred<T> addTimeout(Duration timeout, Clock clock) {
        return addTimeout(timeout, clock, failure -> {
            throw new TimeoutError(timeout, "Deferred");
        });
    }

    /// As [#addTimeout(Duration, Clock)], with `onTimeoutCancel` to answer in place of the
    /// [TimeoutError] when the time ran out (TMO-3).
    public Deferred<T> addTimeout(Duration timeout, Clock clock, Callback<Failure, ? extends T> onTimeoutCancel) {
        var timer = new TimeoutTimer(this, onTimeoutCancel);
        timer.start(clock, timeout);
        return add(timer);
    }

    /// Holds the layers back until [#unpause]; pauses nest (DEF-20).
    public void pause() {
        pauses++;
    }

    /// Ends one pause; the last one lets the layers run, if the result is there (DEF-20).
    ///
    /// @throws IllegalStateException if it is not paused
    public void unpause() {
        if (pauses == 0) {
            throw new IllegalStateException("unpause() without pause(): each pause is ended once");
        }
        pauses--;
        runChain();
    }

    // Looking

    /// Whether it has fired. The result may still be on its way through the layers.
    public boolean called() {
        return fired;
    }

    /// Whether the result has come to the end of the chain as it is now.
    public boolean hasResult() {
        return fired && pauses == 0 && first == null && !running;
    }

    /// The present result: a value, or a [Failure]. Reading it does not count as handling.
    ///
    /// @throws IllegalStateException if there is none yet; ask [#hasResult]
    public @Nullable Object result() {
        if (!hasResult()) {
            throw new IllegalStateException("no result yet: " + this);
        }
        return result;
    }

    /// Suspends the running coroutine until the result is there (section 7); a failure is thrown as
    /// its original exception and counts as handled. The result stays: awaiting again answers the
    /// same (COR-4).
    ///
    /// @throws IllegalStateException outside of `reactor.async`
    /// @throws Exception the failure's exception
    @SuppressWarnings({"unchecked", "NullAway"}) // T is nullable where null is a result
    public T await() throws Exception {
        if (!hasResult()) {
            Awaiter awaiter = Awaiter.current();
            if (awaiter == null) {
                throw new IllegalStateException(
                        "await() outside of a coroutine would block the loop; call it inside reactor.async(…)");
            }
            var arrival = new Layer.Arrival(awaiter);
            add(arrival);
            if (!arrival.arrived()) {
                awaiter.suspend(this);
            }
            return (T) arrival.take();
        }
        if (result instanceof Failure failure) {
            handled();
            awaited = true;
            throw AwaitSite.raise(failure);
        }
        return (T) result;
    }

    /// A future with the same result; cancelling the future cancels this (DEF-26). The failure then
    /// counts as handled: the future's owner sees it.
    public CompletableFuture<T> toFuture() {
        return Futures.of(this);
    }

    /// A Deferred with the result of `stage`, fired by `reactorThread`, which is the reactor itself;
    /// cancelling it cancels the stage's future (DEF-26).
    public static <T extends @Nullable Object> Deferred<T> from(CompletionStage<T> stage, Executor reactorThread) {
        return Futures.deferred(stage, reactorThread);
    }

    // The chain

    @SuppressWarnings("unchecked")
    private <R extends @Nullable Object> Deferred<R> add(Layer layer) {
        append(layer);
        runChain();
        return (Deferred<R>) this;
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

    /// Runs what can run, here and in every Deferred that waits for this one. Those are kept on an
    /// explicit stack, so that no depth of waiting deepens the thread's own (DEF-19).
    private void runChain() {
        if (!canRun()) {
            return;
        }
        Deferred<?> released = runLayers();
        if (released == null) {
            return;
        }
        var stack = new ArrayDeque<Deferred<?>>();
        stack.push(this);
        stack.push(released);
        while (!stack.isEmpty()) {
            released = stack.peek().runLayers();
            if (released == null) {
                stack.pop();
            } else {
                stack.push(released);
            }
        }
    }

    private boolean canRun() {
        return fired && pauses == 0 && !running;
    }

    /// Runs layers until there are none, or the chain must wait (answers null), or another Deferred
    /// took the result and can go on (answers that one).
    private @Nullable Deferred<?> runLayers() {
        while (first != null && canRun()) {
            handled();
            Layer layer = takeFirst(first);
            if (layer instanceof Chainee chainee) {
                return handOver(chainee.waiter);
            }
            awaited = layer instanceof Layer.Arrival;
            take(answerOf(layer));
        }
        if (first == null && result instanceof Failure failure && canRun() && !awaited) {
            watch(failure);
        }
        return null;
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
        if (!(answer instanceof Deferred<?> inner)) {
            result = answer;
        } else if (inner == this) {
            result = Failure.of(new IllegalStateException(
                    "a callback returned the Deferred that it was called by, which would wait for itself for ever"));
        } else if (inner.hasResult()) {
            result = inner.giveAway();
        } else {
            result = null;
            pauses++;
            waitingOn = inner;
            inner.append(new Chainee(this));
        }
    }

    private Deferred<?> handOver(Deferred<?> waiter) {
        waiter.result = giveAway();
        waiter.waitingOn = null;
        waiter.pauses--;
        return waiter;
    }

    /// The result, which is from now on somebody else's to handle (DEF-16).
    private @Nullable Object giveAway() {
        handled();
        Object given = result;
        result = null;
        return given;
    }

    private void watch(Failure failure) {
        if (unhandled == null) {
            unhandled = UnhandledError.watch(this, failure, trailText());
        }
    }

    private void handled() {
        if (unhandled != null) {
            unhandled.handled();
            unhandled = null;
        }
    }

    private String trailText() {
        return trail == null ? "" : trail.toString();
    }

    /// Class, identity, and the result or what it waits for (DEF-25).
    @Override
    public String toString() {
        String name = "Deferred@" + Integer.toHexString(System.identityHashCode(this));
        if (waitingOn != null) {
            return name + " waiting on Deferred@" + Integer.toHexString(System.identityHashCode(waitingOn));
        }
        return fired ? name + " current result: " + result : name;
    }
}
