package bowline.reactor.loop;

import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Dials a UNIX socket again and again while its queue is full, until the attempt's time is over: the system refuses
/// such a connect at once (`EAGAIN`), and has no way to wait for room.
public final class Redial {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Clock clock;
    private final Attempt attempt;
    private final Dialer dialer;
    private DelayedCall next;
    private @Nullable Runnable hangUp;

    /// Dials once.
    @FunctionalInterface
    public interface Dialer {
        /// Begins to connect.
        ///
        /// @return what hangs up; null if the queue of the UNIX socket is full
        @Nullable
        Runnable dial() throws IOException;
    }

    private Redial(Clock clock, Attempt attempt, Dialer dialer) {
        this.clock = clock;
        this.attempt = attempt;
        this.dialer = dialer;
        this.next = clock.callLater(PAUSE, this::again);
    }

    /// Dials, and if there is no room again and again.
    ///
    /// @return what hangs up
    /// @throws IOException if it fails at once
    public static Runnable begin(Clock clock, Attempt attempt, Dialer dialer) throws IOException {
        Runnable hangUp = dialer.dial();
        return hangUp == null ? new Redial(clock, attempt, dialer)::hangUp : hangUp;
    }

    private void again() {
        try {
            hangUp = dialer.dial();
            if (hangUp == null) {
                next = clock.callLater(PAUSE, this::again);
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
