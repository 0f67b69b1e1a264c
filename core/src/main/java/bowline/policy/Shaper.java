package bowline.policy;

import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Deals out the bytes of one [Rate] to whoever wants to move some: to one connection, or to many that share it, which
/// then take turns of at most [#TURN_MAX_BYTES]. Exact on any clock. On one reactor's thread.
public final class Shaper {

    /// Most bytes given to one connection while another waits.
    public static final int TURN_MAX_BYTES = 16_384;

    private final Rate rate;
    private final int turnBytes;
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private @Nullable TokenBucket bucket;
    private @Nullable DelayedCall next;

    /// For `rate`.
    public Shaper(Rate rate) {
        this.rate = rate;
        turnBytes = (int) Math.min(TURN_MAX_BYTES, rate.burstBytes());
    }

    /// What it deals out.
    public Rate rate() {
        return rate;
    }

    /// Somebody who waits for bytes.
    interface Waiter {

        /// How many it would take now; 0 if none any more.
        long wants();

        /// It may move `bytes`, which are paid for.
        void granted(int bytes);
    }

    /// As many of `wanted` bytes as can be moved at once: 0 if somebody waits already, or too few tokens are there.
    int take(long wanted, Clock clock) {
        if (!waiters.isEmpty() || wanted <= 0) {
            return 0;
        }
        TokenBucket tokens = bucket(clock);
        long taken = Math.min(wanted, tokens.available(clock.nanos()));
        if (taken < Math.min(wanted, turnBytes)) {
            return 0; // rather a turn's worth later than crumbs now
        }
        tokens.take(taken);
        return (int) Math.min(taken, Integer.MAX_VALUE);
    }

    /// Grants `waiter` one turn, when it is its turn; not from inside this call.
    void await(Waiter waiter, Clock clock) {
        waiters.add(waiter);
        if (next == null) {
            schedule(clock);
        }
    }

    /// It waits no more.
    void forget(Waiter waiter) {
        waiters.remove(waiter);
    }

    private void schedule(Clock clock) {
        while (!waiters.isEmpty()) {
            long turn = turn(waiters.element());
            if (turn > 0) {
                TokenBucket tokens = bucket(clock);
                tokens.available(clock.nanos());
                next = clock.callLater(Duration.ofNanos(tokens.nanosUntil(turn)), () -> grant(clock));
                return;
            }
            waiters.remove();
        }
    }

    private void grant(Clock clock) {
        next = null;
        TokenBucket tokens = bucket(clock);
        while (!waiters.isEmpty()) {
            long turn = turn(waiters.element());
            if (turn > tokens.available(clock.nanos())) {
                break;
            }
            Waiter waiter = waiters.remove();
            if (turn > 0) {
                tokens.take(turn);
                waiter.granted((int) turn);
            }
        }
        if (next == null) {
            schedule(clock);
        }
    }

    private long turn(Waiter waiter) {
        return Math.min(waiter.wants(), turnBytes);
    }

    private TokenBucket bucket(Clock clock) {
        if (bucket == null) {
            bucket = new TokenBucket(rate, clock.nanos());
        }
        return bucket;
    }
}
