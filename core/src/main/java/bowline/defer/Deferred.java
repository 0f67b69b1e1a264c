package bowline.defer;

import bowline.failure.Failure;
import bowline.time.Action;
import bowline.time.Clock;
import java.time.Duration;
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
/// A layer added after the result is there runs before the add method returns (DEF-7). Handlers run on the
/// thread that fires or adds; nothing is dispatched behind anyone's back (DEF-28). Not thread-safe
/// (DEF-27): with debugging on, a thread that is not its loop's is refused. Chains of any length, and
/// Deferreds waiting on Deferreds to any depth, use constant stack (DEF-19).
///
/// @param <T> what the chain carries behind its last layer
public final class Deferred<T extends @Nullable Object> extends Chain {

    /// An unfired Deferred. Cancelling it fires it with [CancelledError], and one late result is then
    /// ignored (CAN-3, CAN-4).
    public Deferred() {
        super(null);
    }

    /// An unfired Deferred whose operation `canceller` can stop (CAN-1). Who gives a canceller must not
    /// fire it after it was cancelled (CAN-5).
    public Deferred(Canceller canceller) {
        super(Objects.requireNonNull(canceller));
    }

    // Making fired ones

    /// A Deferred that has fired with `value` (DEF-22).
    public static <T extends @Nullable Object> Deferred<T> succeed(T value) {
        var deferred = new Deferred<T>();
        deferred.fire(value);
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
        T value;
        try {
            value = work.call();
        } catch (Throwable thrown) {
            return fail(thrown);
        }
        return succeed(value);
    }

    /// Calls `work` now and returns its Deferred; what it throws becomes a failed one (DEF-24).
    @SuppressWarnings("unchecked") // nobody can put anything into it but by its own type
    public static <T extends @Nullable Object> Deferred<T> maybeDeferred(
            Callable<? extends Deferred<? extends T>> work) {
        try {
            return (Deferred<T>) Objects.requireNonNull(work.call(), "maybeDeferred was given null for a Deferred");
        } catch (Throwable thrown) {
            return fail(thrown);
        }
    }

    // Adding layers

    /// Adds a layer that turns a value into the next one; a failure passes by (DEF-2).
    public <R extends @Nullable Object> Deferred<R> addCallback(Callback<? super T, ? extends R> callback) {
        return append(new Layer.OnValue(Objects.requireNonNull(callback)));
    }

    /// Adds a layer whose answer is itself a Deferred: the chain waits for it (DEF-14).
    public <R extends @Nullable Object> Deferred<R> addCallbackDeferring(
            Callback<? super T, ? extends Deferred<? extends R>> callback) {
        return append(new Layer.OnValue(Objects.requireNonNull(callback)));
    }

    /// Adds a layer that handles a failure; a value passes by (DEF-2, DEF-4).
    public Deferred<T> addErrback(Callback<Failure, ? extends T> errback) {
        return append(new Layer.OnFailure(Objects.requireNonNull(errback)));
    }

    /// Adds a layer that handles a failure by another operation, for which the chain waits.
    public Deferred<T> addErrbackDeferring(Callback<Failure, ? extends Deferred<? extends T>> errback) {
        return append(new Layer.OnFailure(Objects.requireNonNull(errback)));
    }

    /// Adds *one* layer with both sides: what `callback` throws is not seen by `errback` but by the
    /// next layer (DEF-6).
    public <R extends @Nullable Object> Deferred<R> addCallbacks(
            Callback<? super T, ? extends R> callback, Callback<Failure, ? extends R> errback) {
        return append(new Layer.OnEach(Objects.requireNonNull(callback), Objects.requireNonNull(errback)));
    }

    /// Adds a layer that sees either result.
    public <R extends @Nullable Object> Deferred<R> addBoth(BothCallback<? super T, ? extends R> both) {
        return append(new Layer.OnBoth(Objects.requireNonNull(both)));
    }

    /// Adds a layer that sees either result and answers with another operation, for which the chain waits.
    public <R extends @Nullable Object> Deferred<R> addBothDeferring(
            BothCallback<? super T, ? extends Deferred<? extends R>> both) {
        return append(new Layer.OnBoth(Objects.requireNonNull(both)));
    }

    /// Looks at a value that passes on unchanged.
    public Deferred<T> onSuccess(Look<? super T> look) {
        return append(new Layer.LookAtValue(Objects.requireNonNull(look)));
    }

    /// Looks at a failure that passes on unhandled.
    public Deferred<T> onFailure(Look<Failure> look) {
        return append(new Layer.LookAtFailure(Objects.requireNonNull(look)));
    }

    /// Does something whatever the result, which passes on unchanged: like `finally`.
    public Deferred<T> onBoth(Action action) {
        return append(new Layer.Finally(Objects.requireNonNull(action)));
    }

    /// Lets the result pass on the next turn of `clock`'s loop, never at once: for those who must not be
    /// called back before they return (DEF-28). Cancelling meanwhile answers [CancelledError].
    public Deferred<T> onNextTurn(Clock clock) {
        return append(new NextTurn(Objects.requireNonNull(clock)));
    }

    /// Cancels unless there is a result at this place of the chain within `timeout` (section 3). Layers
    /// added before see [CancelledError], layers added after see [TimeoutError] (TMO-6).
    public Deferred<T> addTimeout(Duration timeout, Clock clock) {
        return append(new TimeoutTimer(this, timeout, clock, null));
    }

    /// As [#addTimeout(Duration, Clock)], with `onTimeoutCancel` to answer when the time ran out, whatever
    /// came of cancelling: a [CancelledError], mostly, or what a canceller gave instead (TMO-3).
    public Deferred<T> addTimeout(Duration timeout, Clock clock, BothCallback<? super T, ? extends T> onTimeoutCancel) {
        return append(new TimeoutTimer(this, timeout, clock, Objects.requireNonNull(onTimeoutCancel)));
    }

    /// Fires `target` with the result; this chain goes on with null (DEF-21).
    public Deferred<@Nullable Void> chainDeferred(Deferred<? super T> target) {
        return append(new Layer.Into(Objects.requireNonNull(target)));
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

    // Leaving the chain

    /// Suspends the running coroutine until the result is there (section 7); a failure is thrown as
    /// its original exception and counts as handled. The result stays: awaiting again answers the
    /// same (COR-4).
    ///
    /// @throws IllegalStateException outside of `reactor.async`
    /// @throws Exception the failure's exception
    @SuppressWarnings({"unchecked", "NullAway"}) // T is nullable where null is a result
    public T await() throws Exception {
        Object arrived = hasResult() ? claim() : arrival();
        if (arrived instanceof Failure failure) {
            throw AwaitSite.raise(failure);
        }
        return (T) arrived;
    }

    private @Nullable Object arrival() {
        Awaiter awaiter = Awaiter.current();
        if (awaiter == null) {
            throw new IllegalStateException(
                    "await() outside of a coroutine would block the loop; call it inside reactor.async(…)");
        }
        var arrival = new Layer.Arrival(awaiter);
        addLayer(arrival);
        if (arrival.mustWait()) {
            awaiter.suspend(this);
        }
        return arrival.result();
    }

    /// A future with the same result; cancelling the future cancels this (DEF-26). A failure then counts
    /// as handled, for the future's owner sees it; a value stays here too.
    ///
    /// @param reactorThread where this Deferred belongs, the reactor itself: the future may be cancelled
    ///     from any thread, and the Deferred not
    public CompletableFuture<T> toFuture(Executor reactorThread) {
        return Futures.of(this, reactorThread);
    }

    /// As [#toFuture(Executor)], for a future that is cancelled on the reactor's own thread only.
    public CompletableFuture<T> toFuture() {
        return Futures.of(this, Runnable::run);
    }

    /// A Deferred with the result of `stage`, fired by `reactorThread`, which is the reactor itself.
    /// Cancelling it cancels the stage's future, and it then finishes with whatever that
    /// reports (DEF-26).
    public static <T extends @Nullable Object> Deferred<T> from(CompletionStage<T> stage, Executor reactorThread) {
        return Futures.deferred(stage, reactorThread);
    }

    @SuppressWarnings("unchecked")
    <R extends @Nullable Object> Deferred<R> append(Layer layer) {
        addLayer(layer);
        return (Deferred<R>) this;
    }
}
