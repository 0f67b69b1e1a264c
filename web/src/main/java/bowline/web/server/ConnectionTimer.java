package bowline.web.server;

import bowline.time.Action;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;

/// Watches one connection: that what it is about ends in time, and that the client takes what is sent (G6).
///
/// There is one timed call for everything. A new phase only notes a new deadline; when the call comes too early it is
/// put off. So a request that is answered at once costs two readings of the clock.
abstract class ConnectionTimer implements Action {
    private static final double NANOS_A_SECOND = 1e9;

    /// What the connection is about.
    enum Phase {
        /// A head has begun, or the first one is awaited.
        HEAD,
        /// The last head is awaited: the server drains.
        LAST_HEAD,
        /// Between two requests.
        IDLE,
        /// A body is awaited that somebody wants.
        BODY,
        /// It is our turn: no deadline but for what is being sent.
        WORKING,
        /// Our side is closed, the client's is not.
        LINGER
    }

    private final Clock clock;
    private final ServerTimeouts timeouts;
    private DelayedCall call;
    private boolean stopped;

    private Phase phase = Phase.HEAD;
    private int round;
    private long since;
    private long bodyBytes;

    private boolean sampled;
    private long sampledAt;
    private long sampledSent;

    @SuppressWarnings("this-escape") // the call comes later
    ConnectionTimer(Clock clock, ServerTimeouts timeouts) {
        this.clock = clock;
        this.timeouts = timeouts;
        since = clock.nanos();
        call = clock.callLater(timeouts.head(), this);
    }

    // What it asks and tells

    /// Bytes written to the connection so far.
    abstract long writtenBytes();

    /// Of those, bytes that the system has not taken yet.
    abstract long unsentBytes();

    /// The phase has lasted too long.
    abstract void tooLong(Phase itsPhase);

    /// The client takes what we send too slowly.
    abstract void readsTooSlowly();

    // What it is told

    /// Notes what the connection is about now. The time counts from the first call with this phase and `itsRound`.
    ///
    /// @param itsRound tells one stay in a phase from the next: the number of requests
    final void enter(Phase now, int itsRound) {
        if (now == phase && itsRound == round) {
            return;
        }
        phase = now;
        round = itsRound;
        since = clock.nanos();
        bodyBytes = 0;
        wakeBy(soonest(limit()));
    }

    /// Notes that bytes of a body have come.
    final void bodyReceived(int bytes) {
        bodyBytes += bytes;
    }

    /// Looks no more.
    final void stop() {
        stopped = true;
        call.cancelIfActive();
    }

    private Duration limit() {
        return switch (phase) {
            case HEAD -> timeouts.head();
            case LAST_HEAD -> timeouts.firstRequestGrace();
            case IDLE -> timeouts.idle();
            case BODY -> timeouts.grace().plusNanos((long) (bodyBytes * NANOS_A_SECOND / timeouts.minBytesPerSecond()));
            case WORKING -> timeouts.grace();
            case LINGER -> timeouts.linger();
        };
    }

    /// Makes sure that the call comes no later than `wait` behind the phase's beginning, which is now.
    private void wakeBy(Duration wait) {
        if (call.active() && call.time() - (since + wait.toNanos()) > 0) {
            call.reset(wait);
        }
    }

    /// Looks, and sees to it that it looks again.
    @Override
    public final void run() {
        judge();
        if (!stopped) {
            long left = Math.max(0, limit().toNanos() - (clock.nanos() - since));
            call = clock.callLater(soonest(Duration.ofNanos(left)), this);
        }
    }

    private void judge() {
        if (slow()) {
            readsTooSlowly();
            return;
        }
        long now = clock.nanos();
        if (waitsForClientToRead()) {
            since = now;
        } else if (now - since >= limit().toNanos()) {
            since = now; // Were it in the same phase still, it would be told again only after as long again.
            tooLong(phase);
        }
    }

    /// When to look: at the deadline, but while something is being sent at least as often as `grace`.
    private Duration soonest(Duration deadline) {
        return unsentBytes() > 0 && deadline.compareTo(timeouts.grace()) > 0 ? timeouts.grace() : deadline;
    }

    /// Whether nothing can be asked of the client but that it reads. A head or a body that has begun is no excuse.
    private boolean waitsForClientToRead() {
        return phase == Phase.WORKING || ((phase == Phase.IDLE || phase == Phase.LINGER) && unsentBytes() > 0);
    }

    /// Whether in at least the time of grace less was taken than the rate demands, though there was more to take.
    private boolean slow() {
        long unsent = unsentBytes();
        long sent = writtenBytes() - unsent;
        long elapsed = clock.nanos() - sampledAt;
        if (sampled && unsent > 0 && elapsed < timeouts.grace().toNanos()) {
            return false;
        }
        double demanded = elapsed / NANOS_A_SECOND * timeouts.minBytesPerSecond();
        boolean tooSlow = sampled && unsent > 0 && sent - sampledSent < demanded;
        sampled = unsent > 0;
        sampledAt += elapsed;
        sampledSent = sent;
        return tooSlow;
    }
}
