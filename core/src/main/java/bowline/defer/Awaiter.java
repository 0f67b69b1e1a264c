package bowline.defer;

import bowline.failure.Debug;
import org.jspecify.annotations.Nullable;

/// The running coroutine, as a Deferred sees it: something that can be set aside until a result is there
/// (section 7). The reactor makes one for each coroutine and binds it to the coroutine's thread.
///
/// It is also the [Canceller] of the Deferred with the coroutine's own result. Cancelling that one
/// cancels what the coroutine awaits, and then the body decides what comes of it: the Deferred is not
/// fired behind its back (COR-6).
public abstract class Awaiter implements Canceller {
    private static final ThreadLocal<@Nullable Awaiter> CURRENT = new ThreadLocal<>();

    private final @Nullable LoopThread loop = Debug.enabled() ? LoopThread.current() : null;

    /// For those who carry coroutines. Made on the thread of the coroutine's loop.
    protected Awaiter() {}

    /// The coroutine that the present thread runs, or null outside of any.
    public static @Nullable Awaiter current() {
        return CURRENT.get();
    }

    /// Makes this the coroutine of the present thread.
    protected final void bind() {
        CURRENT.set(this);
        if (loop != null) {
            loop.include();
        }
    }

    /// Sets the coroutine aside until [#resume]; called on the coroutine's own thread. `awaited` is
    /// what it waits for, so that cancelling the coroutine can cancel that (COR-6).
    protected abstract void suspend(Deferred<?> awaited);

    /// Lets the coroutine go on, on the reactor's thread, inside this call (COR-5).
    protected abstract void resume();

    /// What the coroutine waits for in [#suspend], or null while it does not.
    protected abstract @Nullable Deferred<?> awaited();

    /// The coroutine was cancelled while it awaits nothing.
    @Override
    public abstract void cancel(Deferred<?> outcome);
}
