package bowline.policy;

import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import java.time.Duration;

/// Loses connections on which nothing has come in or gone out for a while (POL-4).
///
/// @param <P> the protocols of the factory behind
public final class TimeoutFactory<P extends Protocol> extends WrappingFactory<P> {

    /// Half an hour.
    public static final Duration PERIOD = Duration.ofMinutes(30);

    private final Duration period;

    /// After [#PERIOD].
    public TimeoutFactory(Factory<P> factory) {
        this(factory, PERIOD);
    }

    /// After `period`.
    public TimeoutFactory(Factory<P> factory, Duration period) {
        super(factory);
        if (!period.isPositive()) {
            throw new IllegalArgumentException("a time-out of " + period + " would lose every connection at once");
        }
        this.period = period;
    }

    @Override
    protected TimeoutProtocol<P> wrap(P inner, Address peer) {
        return new TimeoutProtocol<>(inner, period);
    }
}
