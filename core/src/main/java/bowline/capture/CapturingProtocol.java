package bowline.capture;

import bowline.capture.CaptureEvent.Kind;
import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.LogEvent;
import bowline.policy.ProtocolWrapper;
import bowline.protocol.ConnectionDone;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Notes what goes in and out of the inner protocol.
final class CapturingProtocol<P extends Protocol> extends ProtocolWrapper<P> {
    private final Captures captures;
    private volatile @Nullable Ring ring;
    private @Nullable LogContext context;
    private Instant opened = Instant.EPOCH;
    private int left;
    private volatile boolean failed;

    CapturingProtocol(P inner, Captures captures) {
        super(inner);
        this.captures = captures;
    }

    @Override
    public void connectionMade() {
        if (!captures.begin()) {
            super.connectionMade();
            return;
        }
        opened = transport().clock().now();
        var fresh = new Ring(captures.options(), transport().clock());
        ring = fresh;
        context = LogContext.current().with(Captures.KEY, this);
        fresh.note(Kind.OPENED);
        inside(fresh, super::connectionMade);
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        Ring open = ring;
        if (open == null) {
            super.dataReceived(unread);
            return;
        }
        ByteBuffer fresh = unread.slice(unread.position() + left, unread.remaining() - left);
        Ring.Noted noted = fresh.hasRemaining() ? open.data(Kind.RECEIVED, fresh) : open.note(Kind.SHOWN, 0);
        inside(open, () -> super.dataReceived(unread));
        left = unread.remaining();
        noted.leaves(left);
    }

    @Override
    public @Nullable HalfCloseable halfCloseable() {
        HalfCloseable told = super.halfCloseable();
        Ring open = ring;
        return told == null || open == null ? told : noting(open, told);
    }

    private HalfCloseable noting(Ring open, HalfCloseable told) {
        return new HalfCloseable() {
            @Override
            public void readConnectionLost() {
                open.note(Kind.READ_ENDED);
                inside(open, told::readConnectionLost);
            }

            @Override
            public void writeConnectionLost() {
                open.note(Kind.WRITE_ENDED);
                inside(open, told::writeConnectionLost);
            }
        };
    }

    @Override
    public void connectionLost(Failure reason) {
        Ring ended = ring;
        if (ended == null) {
            super.connectionLost(reason);
            return;
        }
        if (!(reason.value() instanceof ConnectionDone)) {
            failed = true;
        }
        ended.note(Kind.CLOSED, CaptureEvent.textOf(reason));
        try {
            inside(ended, () -> super.connectionLost(reason));
        } finally {
            ring = null;
            captures.finished(captured(ended), failed);
        }
    }

    private CapturedConnection captured(Ring ended) {
        String protocol = inner().current().logPrefix();
        return new CapturedConnection(
                protocol, opened, transport().host(), transport().peer(), ended.dropped(), ended.events());
    }

    /// Calls the inner protocol; what it throws, and what is logged meanwhile, is of this connection.
    private void inside(Ring open, Runnable call) {
        LogContext.Slot slot = LogContext.slot();
        LogContext before = slot.swap(context == null ? LogContext.current() : context);
        try {
            call.run();
        } catch (Throwable thrown) {
            failed = true;
            open.note(Kind.ERROR, CaptureEvent.textOf(Failure.of(thrown)));
            throw thrown;
        } finally {
            slot.swap(before);
        }
    }

    /// An error was logged for this connection, by its own thread or one that it gave work.
    void errorLogged(LogEvent event) {
        failed = true;
        Ring open = ring;
        if (open != null) {
            open.note(Kind.LOGGED, event.text());
        }
    }

    @Override
    protected Transport transportAbove(Transport below) {
        Ring open = ring;
        return open == null ? super.transportAbove(below) : new CapturedTransport(below, open);
    }

    /// What the key `capture` of a log event shows.
    @Override
    public String toString() {
        return opened.toString();
    }
}
