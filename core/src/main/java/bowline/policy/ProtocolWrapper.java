package bowline.policy;

import bowline.failure.Failure;
import bowline.protocol.Drainable;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A layer between a transport and an inner protocol: a protocol to what is below, a transport to what is above
/// (POL-1).
///
///     inner protocol
///        │ write, close, pause …   ▲ dataReceived, connectionLost …
///        ▼                         │
///     [WrappedTransport]      [ProtocolWrapper]
///        └──────── real transport ─┘
///
/// By default everything is passed on as it is. A layer that looks at the way in overrides the callbacks of the
/// protocol; one that looks at the way out gives [#transportAbove] its own transport. A lent buffer that is passed
/// on comes back as the inner protocol left it, so that what that leaves unread is with the transport below.
///
/// A layer that talks to the peer first, as for a header or a handshake, overrides [#connectionMade] and calls [#open]
/// when it is through. The inner protocol can hand the connection on by [Protocol#become]; the layer stays.
///
/// @param <P> the inner protocol
public class ProtocolWrapper<P extends Protocol> extends Protocol implements Drainable {
    private @Nullable P inner;
    private boolean opened;

    /// A layer around `inner`.
    public ProtocolWrapper(P inner) {
        this.inner = Objects.requireNonNull(inner);
    }

    /// A layer that gets its inner protocol later, by [#open(Protocol)].
    protected ProtocolWrapper() {}

    /// The protocol inside, also when it has handed the connection to another since.
    ///
    /// @throws IllegalStateException before there is one
    public final P inner() {
        if (inner == null) {
            throw new IllegalStateException(getClass().getSimpleName() + " has no inner protocol yet");
        }
        return inner;
    }

    /// Whether the inner protocol has its connection: from then on, it is told what happens.
    protected final boolean opened() {
        return opened;
    }

    /// Whom what comes in is for; before there is anybody, the layer itself, which is an error to be found.
    protected final Protocol above() {
        return inner().currentAbove(this);
    }

    /// What the inner protocol gets for a transport.
    protected Transport transportAbove(Transport below) {
        return new WrappedTransport(below);
    }

    /// Gives `protocol` its connection; it is the inner one from now on.
    protected final void open(P protocol) {
        inner = protocol;
        opened = true;
        protocol.makeConnection(transportAbove(transport()));
    }

    /// In place of [#open] for a layer that was put below a protocol which has its connection
    /// ([Protocol#putBelow]).
    protected final void openInPlace() {
        opened = true;
    }

    @Override
    public void connectionMade() {
        open(inner());
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        above().dataReceived(unread);
    }

    /// Who is told is the inner protocol, if it wants to be.
    @Override
    public @Nullable HalfCloseable halfCloseable() {
        return opened ? above().halfCloseable() : null;
    }

    @Override
    public void connectionLost(Failure reason) {
        if (opened) {
            above().connectionLost(reason);
        }
    }

    /// Passed on to a protocol that can drain; any other is left alone, as if it were not wrapped.
    @Override
    public void drain() {
        if (opened && above() instanceof Drainable drainable) {
            drainable.drain();
        }
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        T own = super.as(type);
        return own == null && inner != null ? above().as(type) : own;
    }

    /// `<inner> (<class of the layer>)` (POL-1).
    @Override
    public String logPrefix() {
        String layer = getClass().getSimpleName();
        return inner == null ? layer : above().logPrefix() + " (" + layer + ")";
    }
}
