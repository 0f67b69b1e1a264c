package bowline.reactor;

import bowline.protocol.Address;
import bowline.protocol.TransportLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How to connect (CON-1).
///
/// @param timeout how long an attempt may take, name look-up included (CON-13)
/// @param bindAddress the local address to connect from; null: the system chooses
/// @param limits how much the connection may hold in memory
public record ConnectOptions(Duration timeout, Address.@Nullable Hostname bindAddress, TransportLimits limits) {

    /// 30 seconds, any local address.
    public static final ConnectOptions DEFAULT =
            new ConnectOptions(Duration.ofSeconds(30), null, TransportLimits.DEFAULT);

    /// With the usual limits.
    public ConnectOptions(Duration timeout, Address.@Nullable Hostname bindAddress) {
        this(timeout, bindAddress, TransportLimits.DEFAULT);
    }

    /// Checks the time-out.
    public ConnectOptions {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("connect timeout " + timeout + " is not positive");
        }
    }

    /// The same with another time-out.
    public ConnectOptions timeout(Duration timeout) {
        return new ConnectOptions(timeout, bindAddress, limits);
    }

    /// The same from a local address; port 0 picks one.
    public ConnectOptions from(String host, int port) {
        return new ConnectOptions(timeout, new Address.Hostname(host, port), limits);
    }

    /// The same with other limits for the connection.
    public ConnectOptions limits(TransportLimits limits) {
        return new ConnectOptions(timeout, bindAddress, limits);
    }
}
