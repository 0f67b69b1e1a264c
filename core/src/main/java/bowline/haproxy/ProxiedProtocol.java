package bowline.haproxy;

import bowline.failure.Failure;
import bowline.haproxy.message.ProxyHeader;
import bowline.haproxy.message.ProxyHeaderMachine;
import bowline.log.Logger;
import bowline.machine.PeerViolation;
import bowline.policy.ProtocolWrapper;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import bowline.time.DelayedCall;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads the header of one connection; then the inner protocol is made, for the address that the header names, and
/// has the connection (HAP-1).
///
///     waiting for the header ── whole ──▶ open: everything is passed on
///        └── wrong, too slow, refused ──▶ closed
public final class ProxiedProtocol<P extends Protocol> extends ProtocolWrapper<P> {
    private static final Logger log = Logger.of(ProxiedProtocol.class);

    private final ProxyProtocolFactory<P> factory;
    private final ProxyHeaderMachine machine;
    private @Nullable DelayedCall deadline;
    private @Nullable ProxiedTransport proxied;
    private @Nullable ProxyHeader header;
    private boolean waiting = true;
    private boolean drains;

    ProxiedProtocol(ProxyProtocolFactory<P> factory) {
        this.factory = factory;
        machine = new ProxyHeaderMachine(factory.options().limits());
    }

    @Override
    public void connectionMade() {
        factory.opened(transport().clock());
        deadline = transport().clock().callLater(factory.options().headerTimeout(), this::tooSlow);
    }

    private void tooSlow() {
        refuse("sent no whole PROXY header within " + factory.options().headerTimeout());
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        if (waiting) {
            readHeader(unread);
        }
        boolean mayRead = proxied != null && (header == null || proxied.reading());
        if (opened() && mayRead && unread.hasRemaining()) {
            header = null;
            super.dataReceived(unread);
        }
    }

    private void readHeader(ByteBuffer unread) {
        try {
            ProxyHeader read = machine.next(unread);
            if (read != null) {
                begin(read);
            }
        } catch (PeerViolation violation) {
            unread.position(unread.limit());
            refuse("is refused: " + violation.getMessage());
        }
    }

    private void begin(ProxyHeader read) {
        stopWaiting();
        header = read;
        P inner = build(new ProxiedTransport(transport(), read));
        if (inner == null) {
            transport().loseConnection();
        } else {
            open(inner);
            if (drains) {
                super.drain();
            }
        }
    }

    private @Nullable P build(ProxiedTransport made) {
        proxied = made;
        try {
            return factory.inner().build(made.peer());
        } catch (Exception thrown) {
            throw Failure.of(thrown).raise();
        }
    }

    @Override
    protected Transport transportAbove(Transport below) {
        return proxied == null ? super.transportAbove(below) : proxied;
    }

    private void refuse(String why) {
        stopWaiting();
        log.info("{proxy} {why}", transport().peer().toString(), why);
        transport().abortConnection();
    }

    private void stopWaiting() {
        if (waiting) {
            waiting = false;
            factory.waitsNoMore();
        }
        if (deadline != null) {
            deadline.cancelIfActive();
        }
    }

    @Override
    public void connectionLost(Failure reason) {
        stopWaiting();
        super.connectionLost(reason);
    }

    /// A connection that still waits was accepted like every other: it keeps the time that its header may take,
    /// and is drained as soon as it is open.
    @Override
    public void drain() {
        if (opened()) {
            super.drain();
        } else {
            drains = true;
        }
    }
}
