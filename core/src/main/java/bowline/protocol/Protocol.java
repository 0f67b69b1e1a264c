package bowline.protocol;

import bowline.failure.Failure;
import bowline.log.LogPrefixed;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One end of one connection (FAC-5, TRA-17). Subclasses override what they care about; every
/// callback does nothing by default. All of it happens on the reactor's thread.
///
/// Order of calls: [#makeConnection] sets the transport and calls [#connectionMade]; then
/// [#dataReceived] any number of times; then [#connectionLost] exactly once (TRA-12). An exception
/// that escapes from a callback is logged and the connection is closed with it (TRA-20).
public class Protocol implements LogPrefixed {
    private @Nullable Transport transport;
    private @Nullable Factory<?> factory;

    /// A protocol that takes and discards whatever it is sent.
    public Protocol() {}

    /// The wire to the peer.
    ///
    /// @throws IllegalStateException before the connection is made
    public final Transport transport() {
        if (transport == null) {
            throw new IllegalStateException(logPrefix() + " has no transport yet: its connection is not made");
        }
        return transport;
    }

    /// Whether the connection has been made; it stays true when the connection is lost.
    public final boolean connected() {
        return transport != null;
    }

    /// The factory that built this, or null when it was not built by one.
    public final @Nullable Factory<?> factory() {
        return factory;
    }

    final void builtBy(Factory<?> maker) {
        factory = maker;
    }

    /// Gives this protocol its transport and tells it so. Called once, by whoever made the connection.
    public void makeConnection(Transport madeTransport) {
        transport = madeTransport;
        connectionMade();
    }

    /// The connection is there.
    public void connectionMade() {}

    /// Bytes have come. `unread` is lent for this call: what is left between its position and limit
    /// comes back, in front of the next bytes (architecture, decision 2). By default they are discarded.
    public void dataReceived(ByteBuffer unread) {
        unread.position(unread.limit());
    }

    /// The connection is gone; nothing can be written any more. The last call (TRA-12).
    ///
    /// @param reason a kind of [ConnectionClosed], or the exception that escaped from a callback (TRA-13)
    public void connectionLost(Failure reason) {}

    /// The name of the protocol in log lines: the simple class name (TRA-15).
    @Override
    public String logPrefix() {
        return getClass().getSimpleName();
    }
}
