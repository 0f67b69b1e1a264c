package bowline.protocol;

import bowline.log.LogPrefixed;
import bowline.log.Logger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes a protocol for each connection and outlives them all (section 21). One factory may serve
/// several ports and connectors at once (FAC-4).
///
/// @param <P> the protocols it makes
public abstract class Factory<P extends Protocol> implements LogPrefixed {
    private static final Logger log = Logger.of(Factory.class);

    private int users;
    private boolean noisy = true;

    /// For subclasses.
    protected Factory() {}

    /// A factory that makes each protocol by `maker` (FAC-3).
    public static <P extends Protocol> Factory<P> of(Supplier<? extends P> maker) {
        return new SuppliedFactory<>(maker);
    }

    /// A protocol for the connection with `peer`; null refuses the connection (FAC-2).
    public abstract @Nullable P buildProtocol(Address peer) throws Exception;

    /// Builds a protocol and links it to this factory: what ports and connectors call.
    public final @Nullable P build(Address peer) throws Exception {
        P protocol = buildProtocol(peer);
        if (protocol != null && protocol.factory() == null) {
            protocol.builtBy(this);
        }
        return protocol;
    }

    /// This factory, or the one behind it, as a `type`, if either is one: for those who ask what only some know,
    /// whatever stands in front of these. A factory that stands in front of another passes this on.
    public <T> @Nullable T as(Class<T> type) {
        return type.isInstance(this) ? type.cast(this) : null;
    }

    /// The first port or connector is about to use this factory.
    public void startFactory() {}

    /// The last port or connector is through with this factory.
    public void stopFactory() {}

    /// How many ports and connectors use it (FAC-1).
    public final int users() {
        return users;
    }

    /// Counts one more user; the first starts the factory (FAC-1).
    public final void doStart() {
        if (users++ == 0) {
            if (noisy) {
                log.info("Starting factory {factory}", this);
            }
            begin();
        }
    }

    /// A factory that cannot start has no user: the next one starts it again.
    private void begin() {
        try {
            startFactory();
        } catch (RuntimeException thrown) {
            users--;
            throw thrown;
        }
    }

    /// Counts one user less; the last stops the factory. Ignored when there is none (FAC-1).
    public final void doStop() {
        if (users == 0) {
            return;
        }
        if (--users == 0) {
            if (noisy) {
                log.info("Stopping factory {factory}", this);
            }
            stopFactory();
        }
    }

    /// Whether starting and stopping is logged; it is, by default.
    public final boolean noisy() {
        return noisy;
    }

    /// Sets whether starting and stopping is logged.
    public final void noisy(boolean on) {
        noisy = on;
    }

    /// The name of the factory in log lines: its class name, qualified (LIS-8).
    @Override
    public String logPrefix() {
        return getClass().getName();
    }
}
