package bowline.protocol;

import bowline.failure.Failure;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Stands between a transport and a protocol, passes everything on, and tells a watcher when the connection begins
/// and ends: for endpoints and services, which care about connections and not about bytes. The inner protocol's
/// transport is the real one. A protocol that the inner one hands its connection to is in its place then; the
/// watcher is told of the one it was told of first.
public final class WatchedProtocol<P extends Protocol> extends Protocol implements Drainable {
    private final P inner;
    private final Watcher<? super P> watcher;

    private WatchedProtocol(P inner, Watcher<? super P> watcher) {
        this.inner = inner;
        this.watcher = watcher;
    }

    /// `inner` with `watcher` looking on.
    public static <P extends Protocol> WatchedProtocol<P> of(P inner, Watcher<? super P> watcher) {
        return new WatchedProtocol<>(inner, watcher);
    }

    /// A factory in front of `factory` whose protocols `watcher` looks at. It takes the other one's name in the
    /// log.
    public static <P extends Protocol> Factory<WatchedProtocol<P>> factory(
            Factory<P> factory, Watcher<? super P> watcher) {
        return new WatchedFactory<>(factory, watcher);
    }

    /// Hears of a connection's beginning and end, just after the protocol itself has.
    ///
    /// @param <P> the protocols it watches
    public interface Watcher<P extends Protocol> {

        /// The protocol's `connectionMade` is done.
        void connectionMade(P protocol);

        /// The protocol's `connectionLost` is done.
        void connectionLost(P protocol, Failure reason);

        /// What the connection is called in the log, where `ofProtocol` is the protocol's own prefix.
        default String logPrefix(String ofProtocol) {
            return ofProtocol;
        }
    }

    /// The protocol that is watched, also when it has handed the connection over since.
    public P inner() {
        return inner;
    }

    @Override
    public void makeConnection(Transport madeTransport) {
        super.makeConnection(madeTransport);
        inner.makeConnection(madeTransport);
        watcher.connectionMade(inner);
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        inner.current().dataReceived(unread);
    }

    @Override
    public void connectionLost(Failure reason) {
        try {
            inner.current().connectionLost(reason);
        } finally {
            watcher.connectionLost(inner, reason);
        }
    }

    /// Passed on to a protocol that can drain; any other is left alone, as if it were not watched.
    @Override
    public void drain() {
        if (inner.current() instanceof Drainable drainable) {
            drainable.drain();
        }
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        T own = super.as(type);
        return own == null ? inner.current().as(type) : own;
    }

    @Override
    public String logPrefix() {
        return watcher.logPrefix(inner.current().logPrefix());
    }

    @Override
    public @Nullable HalfCloseable halfCloseable() {
        return inner.current().halfCloseable();
    }
}
