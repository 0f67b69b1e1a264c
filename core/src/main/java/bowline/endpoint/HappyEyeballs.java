package bowline.endpoint;

import bowline.protocol.Address;
import bowline.reactor.ConnectOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a [HostnameEndpoint] tries the addresses of a name (HEY-1, RFC 8305).
///
/// @param attemptTimeout how long the attempt at one address may take
/// @param attemptDelay how long an attempt runs alone before the next address is tried beside it
/// @param deadline how long all of it may take, look-up included (HEY-7); null: as long as it takes
/// @param strict whether addresses are tried in the resolver's order and only ever `attemptDelay` apart (HEY-2);
///        otherwise the families take turns, and a failed attempt is followed by the next at once (HEY-3)
/// @param bindAddress the local address to connect from; null: the system chooses
public record HappyEyeballs(
        Duration attemptTimeout,
        Duration attemptDelay,
        @Nullable Duration deadline,
        boolean strict,
        Address.@Nullable Hostname bindAddress) {

    /// 30 s, for one address and for all; 0.3 s apart; families take turns.
    public static final HappyEyeballs DEFAULT =
            new HappyEyeballs(Duration.ofSeconds(30), Duration.ofMillis(300), Duration.ofSeconds(30), false, null);

    /// Checks the times.
    public HappyEyeballs {
        requirePositive(attemptTimeout, "attempt timeout");
        requirePositive(attemptDelay, "attempt delay");
        if (deadline != null) {
            requirePositive(deadline, "deadline");
        }
    }

    /// The default with the time-out, for one address and for all, and the local address of `options`.
    public static HappyEyeballs within(ConnectOptions options) {
        return new HappyEyeballs(
                options.timeout(), DEFAULT.attemptDelay, options.timeout(), false, options.bindAddress());
    }

    /// The original rules to the letter: the resolver's order, a grid of attempts, no overall deadline (HEY-2).
    public HappyEyeballs strictly() {
        return new HappyEyeballs(attemptTimeout, attemptDelay, null, true, bindAddress);
    }

    /// The same with another time for one address.
    public HappyEyeballs attemptTimeout(Duration timeout) {
        return new HappyEyeballs(timeout, attemptDelay, deadline, strict, bindAddress);
    }

    /// The same with another time between attempts.
    public HappyEyeballs attemptDelay(Duration delay) {
        return new HappyEyeballs(attemptTimeout, delay, deadline, strict, bindAddress);
    }

    /// The same with another time for all of it.
    public HappyEyeballs deadline(Duration all) {
        return new HappyEyeballs(attemptTimeout, attemptDelay, all, strict, bindAddress);
    }

    /// The same from a local address; port 0 picks one (HEY-8).
    public HappyEyeballs from(String host, int port) {
        return new HappyEyeballs(attemptTimeout, attemptDelay, deadline, strict, new Address.Hostname(host, port));
    }

    private static void requirePositive(Duration time, String what) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(what + " " + time + " is not positive");
        }
    }
}
