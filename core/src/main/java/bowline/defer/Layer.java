package bowline.defer;

import bowline.failure.Failure;
import bowline.time.Action;
import org.jspecify.annotations.Nullable;

/// One layer of a chain: what it answers to a value and to a failure (DEF-2).
///
/// Layers are typed by the methods of [Deferred] that make them; in here a result is an object, and a
/// failure is one that is a [Failure].
abstract class Layer {
    @Nullable
    Layer next;

    /// The next result. What it throws becomes one as well (DEF-5).
    abstract @Nullable Object apply(@Nullable Object result) throws Exception;

    static final class OnValue extends Layer {
        private final Callback<@Nullable Object, @Nullable Object> callback;

        @SuppressWarnings("unchecked")
        OnValue(Callback<?, ?> callback) {
            this.callback = (Callback<@Nullable Object, @Nullable Object>) callback;
        }

        @Override
        @Nullable
        Object apply(@Nullable Object result) throws Exception {
            return result instanceof Failure ? result : callback.call(result);
        }
    }

    static final class OnFailure extends Layer {
        private final Callback<Failure, ? extends @Nullable Object> errback;

        OnFailure(Callback<Failure, ? extends @Nullable Object> errback) {
            this.errback = errback;
        }

        @Override
        @Nullable
        Object apply(@Nullable Object result) throws Exception {
            return result instanceof Failure failure ? errback.call(failure) : result;
        }
    }

    static final class OnEach extends Layer {
        private final Callback<@Nullable Object, @Nullable Object> callback;
        private final Callback<Failure, ? extends @Nullable Object> errback;

        @SuppressWarnings("unchecked")
        OnEach(Callback<?, ?> callback, Callback<Failure, ? extends @Nullable Object> errback) {
            this.callback = (Callback<@Nullable Object, @Nullable Object>) callback;
            this.errback = errback;
        }

        @Override
        @Nullable
        Object apply(@Nullable Object result) throws Exception {
            return result instanceof Failure failure ? errback.call(failure) : callback.call(result);
        }
    }

    static final class OnBoth extends Layer {
        private final BothCallback<@Nullable Object, @Nullable Object> both;

        @SuppressWarnings("unchecked")
        OnBoth(BothCallback<?, ?> both) {
            this.both = (BothCallback<@Nullable Object, @Nullable Object>) both;
        }

        @Override
        @Nullable
        Object apply(@Nullable Object result) throws Exception {
            return result instanceof Failure failure ? both.call(null, failure) : both.call(result, null);
        }
    }

    static final class LookAtValue extends Layer {
        private final Look<@Nullable Object> look;

        @SuppressWarnings("unchecked")
        LookAtValue(Look<?> look) {
            this.look = (Look<@Nullable Object>) look;
        }

        @Override
        @Nullable
        Object apply(@Nullable Object result) throws Exception {
            if (!(result instanceof Failure)) {
                look.at(result);
            }
            return result;
        }
    }

    static final class LookAtFailure extends Layer {
        private final Look<Failure> look;

        LookAtFailure(Look<Failure> look) {
            this.look = look;
        }

        @Override
        @Nullable
        Object apply(@Nullable Object result) throws Exception {
            if (result instanceof Failure failure) {
                look.at(failure);
            }
            return result;
        }
    }

    static final class Finally extends Layer {
        private final Action action;

        Finally(Action action) {
            this.action = action;
        }

        @Override
        @Nullable
        Object apply(@Nullable Object result) throws Exception {
            action.run();
            return result;
        }
    }

    /// Holds the result for a coroutine and lets the coroutine go on. The result stays for those who
    /// await it again; a failure counts as handled, for the coroutine has it now (COR-3, COR-4).
    static final class Arrival extends Layer {
        private static final Object NOTHING = new Object();

        private final Awaiter awaiter;
        private @Nullable Object arrived = NOTHING;
        private boolean suspended;

        Arrival(Awaiter awaiter) {
            this.awaiter = awaiter;
        }

        boolean mustWait() {
            suspended = arrived == NOTHING;
            return suspended;
        }

        @Nullable
        Object result() {
            return arrived;
        }

        @Override
        @Nullable
        Object apply(@Nullable Object result) {
            arrived = result;
            if (suspended) {
                awaiter.resume();
            }
            return result;
        }
    }

    /// A layer that lets another chain go on. The loop that runs the layers runs that chain next, in place
    /// of a call from within this one, so that a row of any length takes constant stack (DEF-19).
    abstract static class Handover extends Layer {

        /// The chain that can now go on, or null. What it throws becomes the result of `from`.
        abstract @Nullable Chain release(Chain from);

        @Override
        final @Nullable Object apply(@Nullable Object result) {
            throw new AssertionError("a handover is not applied but released");
        }
    }

    /// Where a chain that waits takes over the result (DEF-14, DEF-16).
    static final class Chainee extends Handover {
        private final Chain waiter;

        Chainee(Chain waiter) {
            this.waiter = waiter;
        }

        @Override
        Chain release(Chain from) {
            waiter.resumeWith(from.giveAway());
            return waiter;
        }
    }

    /// Fires another Deferred with the result (DEF-21).
    static final class Into extends Handover {
        private final Chain target;

        Into(Chain target) {
            this.target = target;
        }

        @Override
        @Nullable
        Chain release(Chain from) {
            return target.accept(from.giveAway()) ? target : null;
        }
    }
}
