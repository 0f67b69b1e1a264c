package bowline.protocol;

import bowline.failure.Failure;
import bowline.log.LogPrefixed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
    private @Nullable Protocol successor;
    private @Nullable List<Protocol> layers;

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

    /// Hands the connection over to `next`, in the middle of the stream (INT-3): `next` gets the transport and
    /// its `connectionMade` at once, then everything that this protocol has left unread, then what comes, and
    /// in the end `connectionLost`. This one hears nothing more. Reading is on again, if this protocol had
    /// paused it.
    ///
    ///     if (line.equals("UPGRADE")) {
    ///         become(new Upgraded());
    ///         return;                         // and leave the rest of the bytes alone
    ///     }
    ///
    /// An end of the peer's stream that was told before is not told again.
    ///
    /// @throws IllegalStateException if there is no connection, or it was handed over before, or `next` has one
    public final void become(Protocol next) {
        Transport handed = transport();
        if (successor != null) {
            throw new IllegalStateException(logPrefix() + " has handed its connection to " + successor.logPrefix()
                    + " before; that one can hand it on");
        }
        if (next.transport != null) {
            throw new IllegalStateException(next.logPrefix() + " has a connection already; make a new one");
        }
        if (!handed.connected()) {
            throw new IllegalStateException(
                    logPrefix() + " has lost its connection, so there is nothing to hand to " + next.logPrefix());
        }
        successor = next;
        if (!handed.disconnecting()) {
            // Has the transport show what is unread once more, on a later turn.
            handed.pauseProducing();
            handed.resumeProducing();
        }
        next.makeConnection(handed);
    }

    /// Puts `layer` between this protocol and its transport, in the middle of the stream (TLS-8). The layer
    /// gets the transport at once, and hears everything from then on; it passes on what it makes of that to
    /// whom [#currentAbove] names. This protocol goes on with `above` for a transport, and its `connectionMade`
    /// is not called again.
    ///
    /// A second layer comes between this protocol and the first.
    ///
    /// @param above the upper side of the layer
    /// @throws IllegalStateException if there is no connection, it was handed over, or the layer has one
    public final void putBelow(Protocol layer, Transport above) {
        Transport below = transport();
        if (successor != null || layer.transport != null || !below.connected()) {
            throw new IllegalStateException("no layer can be put below " + logPrefix()
                    + ": it has lost its connection or handed it over, or the layer has one already");
        }
        List<Protocol> all = layers == null ? new ArrayList<>(1) : layers;
        all.add(layer);
        layers = all;
        transport = above;
        layer.makeConnection(below);
    }

    /// Whom the connection belongs to now: this protocol, unless it has handed it over by [#become], or a layer was
    /// put below it. For those who pass on what a connection says, as transports and wrappers do; asked before each
    /// call.
    public final Protocol current() {
        Protocol current = this;
        while (current.layers == null && current.successor != null) {
            current = current.successor;
        }
        return current.layers == null ? current : current.layers.getFirst();
    }

    /// The same for a layer around this protocol, or one that was put below it: what is above that.
    public final Protocol currentAbove(Protocol layer) {
        List<Protocol> all = layers;
        if (all == null || !all.contains(layer)) {
            return current();
        }
        int next = all.indexOf(layer) + 1;
        if (next < all.size()) {
            return all.get(next);
        }
        return successor == null ? this : successor.current();
    }

    /// Who is told when one direction of the connection ends: this, if it is [HalfCloseable]; null if nobody
    /// is, and the connection is lost then. Asked of the [#current] protocol when it happens.
    public @Nullable HalfCloseable halfCloseable() {
        return this instanceof HalfCloseable half ? half : null;
    }

    /// This protocol, or the one inside it, as a `type`, if either is one: for those who tell protocols what
    /// only some want to know, whatever stands around these. A protocol that passes things on passes this on
    /// too.
    public <T> @Nullable T as(Class<T> type) {
        return type.isInstance(this) ? type.cast(this) : null;
    }

    /// The name of the protocol in log lines: the simple class name (TRA-15).
    @Override
    public String logPrefix() {
        return getClass().getSimpleName();
    }
}
