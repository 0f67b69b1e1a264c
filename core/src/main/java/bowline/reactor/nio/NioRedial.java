package bowline.reactor.nio;

import bowline.reactor.loop.Attempt;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Dials a UNIX socket again and again while its queue is full, until the attempt's time is over: the system refuses
/// such a connect at once (`EAGAIN`), and has no way to wait for room.
final class NioRedial {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final NioReactor reactor;
    private final SocketAddress remote;
    private final Attempt attempt;
    private DelayedCall next;
    private @Nullable Runnable hangUp;

    private NioRedial(NioReactor reactor, SocketAddress remote, Attempt attempt) {
        this.reactor = reactor;
        this.remote = remote;
        this.attempt = attempt;
        this.next = reactor.callLater(PAUSE, this::again);
    }

    /// Dials again in a while.
    ///
    /// @return what hangs up
    static Runnable later(NioReactor reactor, SocketAddress remote, Attempt attempt) {
        return new NioRedial(reactor, remote, attempt)::hangUp;
    }

    private void again() {
        try {
            hangUp = NioDial.dial(reactor, remote, attempt);
            if (hangUp == null) {
                next = reactor.callLater(PAUSE, this::again);
            }
        } catch (IOException refused) {
            attempt.failed(refused);
        }
    }

    private void hangUp() {
        next.cancelIfActive();
        if (hangUp != null) {
            hangUp.run();
        }
    }
}
