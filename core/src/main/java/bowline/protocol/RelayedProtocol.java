package bowline.protocol;

import bowline.failure.Failure;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The protocol of a connection that was made to be one end of a [Relay]: it keeps what comes in until it is joined,
/// and from then on passes all that it hears to its side of the relay.
///
///     connected, what comes in is left unread ── join ──▶ relayed ──▶ lost
///
/// A subclass says what happens when the connection is made, and may pause it until it is joined. On the reactor's
/// thread.
public abstract class RelayedProtocol extends Protocol implements HalfCloseable {
    private Relay.@Nullable Side side;
    private boolean ended;

    /// Passes everything on from now.
    ///
    /// @param itsSide the side of the relay that has this protocol's transport
    public final void join(Relay.Side itsSide) {
        side = itsSide;
        if (ended) {
            itsSide.readConnectionLost();
        }
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        if (side != null) {
            side.dataReceived(unread);
        }
    }

    @Override
    public void readConnectionLost() {
        ended = true;
        if (side != null) {
            side.readConnectionLost();
        }
    }

    @Override
    public void writeConnectionLost() {}

    @Override
    public void connectionLost(Failure reason) {
        if (side != null) {
            side.connectionLost();
        }
    }
}
