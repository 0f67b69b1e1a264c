package bowline.defer;

import bowline.failure.Failure;
import bowline.time.Action;
import org.jspecify.annotations.Nullable;

/// One layer of a chain: what it answers to a value and to a failure (DEF-2).
///
/// Layers are typed by the methods of [Deferred] that make them; in here a result is an object, and a
/// failure is one that is a [Failure].
abstract class Layer {
    @Nullable Layer next;

    /// The next result. What it throws becomes one as well (DEF-5).
    abstract @Nullable Object apply(@Nullable Object result) throws Exception;

    static final class OnValue extends Layer {
        private final Callback<@Nullable Object, @Nullable Object> callback;

        @SuppressWarnings("unchecked")
        OnValue(Callback<?, ?> callback) {
            this.callback = (Callback<@Nullable Object, @Nullable Object>) callback;
        }

        @Override
        @Nullable Object apply(@Nullable Object result) throws Exception {
            return result instanceof Failure ? result : callback.call(result);
        }
    }

    static final class OnFailure extends Layer {
        private final Callback<Failure, ? extends @Nullable Object> errback;

        OnFailure(Callback<Failure, ? extends @Nullable Object> errback) {
            this.errback = errback;
        }

        @Override
        @Nullable Object apply(@Nullable Object result) throws Exception {
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
        @Nullable Object apply(@Nullable Object result) throws Exception {
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
        @Nullable Object apply(@Nullable Object result) throws Exception {
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
        @Nullable Object apply(@Nullable Object result) throws Exception {
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
        @Nullable Object apply(@Nullable Object result) throws Exception {
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
        @Nullable Object apply(@Nullable Object result) throws Exception {
            action.run();
            return result;
        }
    }

    /// Fires another Deferred with the result (DEF-21).
    static final class Into extends Layer {
        private final Deferred<@Nullable Object> target;

        @SuppressWarnings("unchecked")
        Into(Deferred<?> target) {
            this.target = (Deferred<@Nullable Object>) target;
        }

        @Override
        @Nullable Object apply(@Nullable Object result) {
            target.callback(result);
            return null;
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

        boolean arrived() {
            suspended = arrived == NOTHING;
            return !suspended;
        }

        @Nullable Object take() throws Exception {
            if (arrived instanceof Failure failure) {
                throw AwaitSite.raise(failure);
            }
            return arrived;
        }

        @Override
        @Nullable Object apply(@Nullable Object result) {
            arrived = result;
            if (suspended) {
                awaiter.resume();
            }
            return result;
        }
    }

    /// Marks where another Deferred takes over the result (DEF-14). The chain handles it by itself.
    static final class Chainee extends Layer {
        final Deferred<?> waiter;

        Chainee(Deferred<?> waiter) {
            this.waiter = waiter;
        }

        @Override
        @Nullable Object apply(@Nullable Object result) {
            throw new AssertionError("a chainee is not run but continued");
        }
    }
}
