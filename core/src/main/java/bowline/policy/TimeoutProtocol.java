package bowline.policy;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A layer that loses the connection when nothing has come in or gone out for a while (POL-4).
///
/// @param <P> the inner protocol
public class TimeoutProtocol<P extends Protocol> extends ProtocolWrapper<P> {
    private @Nullable Duration period;
    private @Nullable IdleTimeout idle;

    /// @param period how long, at most; null: as long as it takes
    public TimeoutProtocol(P inner, @Nullable Duration period) {
        super(inner);
        this.period = period;
    }

    /// Begins to count anew, for another time; null turns it off.
    public final void setTimeout(@Nullable Duration time) {
        period = time;
        if (idle != null) {
            idle.setTimeout(time);
        }
    }

    /// Counts no more.
    public final void cancelTimeout() {
        setTimeout(null);
    }

    /// The time is over: by default the connection is lost.
    protected void timedOut() {
        transport().loseConnection();
    }

    @Override
    public void connectionMade() {
        idle = new IdleTimeout(transport().clock(), this::timedOut);
        idle.setTimeout(period);
        super.connectionMade();
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        moved();
        super.dataReceived(unread);
    }

    @Override
    public void connectionLost(Failure reason) {
        cancelTimeout();
        super.connectionLost(reason);
    }

    @Override
    protected Transport transportAbove(Transport below) {
        return new Watched(below);
    }

    private void moved() {
        if (idle != null) {
            idle.resetTimeout();
        }
    }

    /// Notes what goes out.
    private final class Watched extends WrappedTransport {
        Watched(Transport below) {
            super(below);
        }

        @Override
        public void write(ByteBuffer bytes) {
            moved();
            super.write(bytes);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            moved();
            super.write(bytes, offset, length);
        }

        @Override
        public void writeOwned(ByteBuffer bytes) {
            moved();
            super.writeOwned(bytes);
        }

        @Override
        public Deferred<Long> sendFile(FileChannel file, long position, long count) {
            moved();
            return super.sendFile(file, position, count).onBoth(TimeoutProtocol.this::moved);
        }
    }
}
