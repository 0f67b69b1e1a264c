package bowline.defer;

import org.jspecify.annotations.Nullable;

/// The running coroutine, as a Deferred sees it: something that can be set aside until a result is there
/// (section 7). The reactor makes one for each coroutine and binds it to the coroutine's thread.
public abstract class Awaiter {
    private static final ThreadLocal<@Nullable Awaiter> CURRENT = new ThreadLocal<>();

    /// For those who carry coroutines.
    protected Awaiter() {}

    /// The coroutine that the present thread runs, or null outside of any.
    public static @Nullable Awaiter current() {
        return CURRENT.get();
    }

    /// Makes this the coroutine of the present thread.
    protected final void bind() {
        CURRENT.set(this);
    }

    /// Ends what [#bind] began.
    protected static void unbind() {
        CURRENT.remove();
    }

    /// Sets the coroutine aside until [#resume]; called on the coroutine's own thread. `awaited` is
    /// what it waits for, so that cancelling the coroutine can cancel that (COR-6).
    protected abstract void suspend(Deferred<?> awaited);

    /// Lets the coroutine go on, on the reactor's thread, inside this call (COR-5).
    protected abstract void resume();
}
