package bowline.policy;

import bowline.protocol.Transport;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Does something when nothing has happened for a while: a part for protocols that watch the time themselves (POL-3).
///
///     public void connectionMade() {
///         idle = IdleTimeout.losing(transport());
///         idle.setTimeout(Duration.ofMinutes(1));
///     }
///     public void lineReceived(String line) {
///         idle.resetTimeout();
///         …
///     }
///     public void connectionLost(Failure reason) {
///         idle.setTimeout(null);
///     }
///
/// What happens, and on which clock, is given to it. Once it is over the time-out is off until it is set again.
public final class IdleTimeout {
    private final Clock clock;
    private final Runnable timedOut;
    private @Nullable Duration period;
    private @Nullable DelayedCall call;

    /// Off, until [#setTimeout].
    ///
    /// @param timedOut is run when the time is over
    public IdleTimeout(Clock clock, Runnable timedOut) {
        this.clock = clock;
        this.timedOut = timedOut;
    }

    /// One that loses a connection.
    public static IdleTimeout losing(Transport transport) {
        return new IdleTimeout(transport.clock(), transport::loseConnection);
    }

    /// Begins to count anew, for another time; null turns it off.
    ///
    /// @return the time before, null if it was off
    public @Nullable Duration setTimeout(@Nullable Duration time) {
        if (time != null && !time.isPositive()) {
            throw new IllegalArgumentException("a time-out of " + time + " is over at once; null turns it off");
        }
        Duration before = period;
        period = time;
        if (time != null) {
            count(time);
        } else if (call != null) {
            call.cancelIfActive();
            call = null;
        }
        return before;
    }

    /// Something has happened: the time begins anew. Does nothing while it is off.
    public void resetTimeout() {
        if (period != null) {
            count(period);
        }
    }

    private void count(Duration time) {
        if (call != null && call.active()) {
            call.reset(time);
        } else {
            call = clock.callLater(time, this::over);
        }
    }

    private void over() {
        period = null;
        call = null;
        timedOut.run();
    }
}
