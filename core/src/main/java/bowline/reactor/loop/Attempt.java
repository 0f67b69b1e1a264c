package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ConnectError;
import bowline.protocol.TransportLimits;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// One attempt to connect: find out where to, then dial. It ends in exactly one word to the connector,
/// or in none if it is cancelled.
public abstract class Attempt {
    final Loop loop;
    private final StreamConnector connector;
    private final TransportLimits limits;
    private @Nullable Runnable hangUp;
    private @Nullable SocketAddress remote;
    private boolean over;

    Attempt(StreamConnector connector, TransportLimits limits) {
        this.loop = connector.loop();
        this.connector = connector;
        this.limits = limits;
    }

    /// How much the connection may hold in memory.
    public final TransportLimits limits() {
        return limits;
    }

    /// The local address to connect to `remote` from, or null if the system may choose.
    ///
    /// @throws IOException if it is not one
    public abstract @Nullable SocketAddress local(SocketAddress remote) throws IOException;

    /// Finds out where to dial, and then does so by [#dial], or [#end]s.
    abstract void locate();

    /// Gives up what [#locate] has under way.
    void stopLocating() {}

    final Address destination() {
        return connector.destination();
    }

    @Override
    public final String toString() {
        return "attempt to reach " + destination();
    }

    /// Begins on a later turn, even when there is nothing to find out (CON-3).
    final void begin() {
        loop.looseEnds().locating(this, true);
        loop.soon(() -> {
            if (!over) {
                locate();
            }
        });
    }

    final void dial(SocketAddress to) {
        if (over) {
            return;
        }
        remote = to;
        loop.looseEnds().locating(this, false);
        try {
            hangUp = loop.dial(to, this);
        } catch (IOException refused) {
            failed(refused);
        }
    }

    /// The backend could not connect.
    public final void failed(IOException cause) {
        if (cause instanceof ConnectError known) {
            end(Failure.of(known));
        } else if (remote != null) {
            end(Failure.of(ConnectFaults.connecting(SocketAddresses.stream(remote), cause)));
        }
    }

    /// The reactor ends before the attempt does (REA-9).
    public final void failed(Failure reason) {
        boolean first = !over;
        end(reason);
        if (first && remote == null) {
            stopLocating();
        }
    }

    final void end(Failure reason) {
        if (!over) {
            over = true;
            loop.looseEnds().locating(this, false);
            connector.failed(reason);
        }
    }

    /// The backend has connected.
    public final void connected(StreamConnection connection) {
        if (over) {
            connection.close(false);
            return;
        }
        over = true;
        connector.connected(connection);
    }

    /// Nothing more is to be heard of this attempt.
    final void cancel() {
        over = true;
        loop.looseEnds().locating(this, false);
        stopLocating();
        if (hangUp != null) {
            hangUp.run();
        }
    }
}
