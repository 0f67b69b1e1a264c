package bowline.socks;

import bowline.failure.Failure;
import bowline.machine.PeerViolation;
import bowline.protocol.Drainable;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.time.DelayedCall;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Talks to the proxy, and when that has connected makes the program's protocol and gives it the wire. From then on it
/// passes everything on.
final class ProxiedProtocol<P extends Protocol> extends Protocol implements HalfCloseable, Drainable {
    private final ProxyAttempt<P> attempt;
    private final Duration timeout;
    private @Nullable ProxyConversation conversation;
    private @Nullable DelayedCall deadline;
    private @Nullable P inner;

    ProxiedProtocol(ProxyAttempt<P> attempt, ProxyConversation conversation, Duration timeout) {
        this.attempt = attempt;
        this.conversation = conversation;
        this.timeout = timeout;
    }

    @Override
    public void connectionMade() {
        attempt.talking(this);
        deadline = transport().clock().callLater(timeout, this::tooSlow);
        Objects.requireNonNull(conversation).begin(transport());
    }

    private void tooSlow() {
        attempt.refused("took longer than " + timeout, -1, null);
        conversation = null;
        transport().abortConnection();
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        if (inner != null) {
            inner.current().dataReceived(unread);
        } else if (conversation == null) {
            unread.position(unread.limit());
        } else {
            talk(conversation, unread);
        }
    }

    private void talk(ProxyConversation with, ByteBuffer unread) {
        try {
            if (with.advance(unread, transport())) {
                hangUp();
                handOver(unread.hasRemaining());
            }
        } catch (ProxyError refusal) {
            hangUp();
            attempt.refused(String.valueOf(refusal.getMessage()), refusal.code(), null);
            transport().loseConnection();
        } catch (PeerViolation violation) {
            hangUp();
            attempt.refused("does not speak its protocol: " + violation.getMessage(), -1, violation);
            transport().abortConnection();
        }
    }

    private void hangUp() {
        conversation = null;
        if (deadline != null) {
            deadline.cancelIfActive();
        }
    }

    private void handOver(boolean moreUnread) {
        P protocol = attempt.build();
        if (protocol == null) {
            transport().loseConnection();
            return;
        }
        if (moreUnread) {
            // What came behind the reply is shown once more, and by then the protocol may have paused or closed.
            transport().pauseProducing();
            transport().resumeProducing();
        }
        inner = protocol;
        protocol.makeConnection(transport());
        attempt.succeed(protocol);
    }

    /// A protocol that cannot go on by halves loses the connection, as it would without a proxy (TRA-10).
    @Override
    public void readConnectionLost() {
        HalfCloseable half = inner == null ? null : inner.current().halfCloseable();
        if (half != null) {
            half.readConnectionLost();
        } else {
            transport().loseConnection();
        }
    }

    @Override
    public void writeConnectionLost() {
        HalfCloseable half = inner == null ? null : inner.current().halfCloseable();
        if (half != null) {
            half.writeConnectionLost();
        }
    }

    @Override
    public void connectionLost(Failure reason) {
        boolean talking = conversation != null;
        hangUp();
        if (talking) {
            attempt.refused("closed the connection before it answered", -1, reason.value());
        }
        if (inner != null) {
            inner.current().connectionLost(reason);
            attempt.fail(reason); // its Deferred has fired, unless connectionMade threw
        }
    }

    @Override
    public void drain() {
        if (inner != null && inner.current() instanceof Drainable drainable) {
            drainable.drain();
        } else if (inner == null) {
            transport().loseConnection();
        }
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        T own = super.as(type);
        return own == null && inner != null ? inner.current().as(type) : own;
    }

    @Override
    public String logPrefix() {
        return inner == null ? "Proxy" : inner.logPrefix();
    }
}
