package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.log.LogContext;
import org.jspecify.annotations.Nullable;

/// How a port closes: once, however many ask, and all who asked hear when it is done.
public final class PortClosing {
    private final Loop loop;
    private final LogContext context;
    private final Runnable lastWords;
    private @Nullable Deferred<@Nullable Void> asked;
    private boolean waits;

    /// A port that is not asked to close yet.
    ///
    /// @param context what the end is logged under
    /// @param lastWords called when the system has let go of the port, before those who asked are told
    public PortClosing(Loop loop, LogContext context, Runnable lastWords) {
        this.loop = loop;
        this.context = context;
        this.lastWords = lastWords;
    }

    /// Somebody wants it closed.
    ///
    /// @param begin called if there is something to close and nobody asked before; sooner or later it leads to
    ///     [#finishSoon]
    public Deferred<@Nullable Void> ask(boolean listening, Runnable begin) {
        Deferred<@Nullable Void> before = asked;
        if (before != null) {
            var alsoClosed = new Deferred<@Nullable Void>();
            before.onBoth(() -> alsoClosed.callback(null));
            return alsoClosed;
        }
        if (!listening) {
            return Deferred.succeed(null);
        }
        var closed = new Deferred<@Nullable Void>();
        asked = closed;
        begin.run();
        return closed;
    }

    /// The socket is closed. The system lets go of the port in the next wait for I/O, so the turn after that can
    /// tell.
    public void finishSoon() {
        waits = true;
        loop.looseEnds().closing(this);
        loop.soon(() -> loop.soon(this::finishIfItWaits));
    }

    /// Finishes what [#finishSoon] began: after the wait for I/O, or because there is none any more.
    void finishIfItWaits() {
        if (waits) {
            finish();
        }
    }

    /// The socket is closed, and there is no further wait for I/O.
    public void finish() {
        waits = false;
        loop.looseEnds().closed(this);
        Deferred<@Nullable Void> closed = asked;
        asked = null;
        LogContext before = loop.swapContext(context);
        loop.guarded(lastWords);
        if (closed != null && !closed.called()) {
            closed.callback(null);
        }
        loop.swapContext(before);
    }
}
