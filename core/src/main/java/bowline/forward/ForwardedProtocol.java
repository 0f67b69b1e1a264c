package bowline.forward;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.haproxy.ProxyHeaderFirst;
import bowline.log.Logger;
import bowline.policy.ConnectionsBySource;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.Drainable;
import bowline.protocol.Factory;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import bowline.protocol.Relay;
import bowline.protocol.TcpTransport;
import bowline.protocol.Transport;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One client of a [PortForward].
///
///     connecting out, not read ──▶ relaying ──▶ lost
///        └── no connection, or draining ────────▶ closed
public final class ForwardedProtocol extends Protocol implements HalfCloseable, Drainable {
    private static final Logger log = Logger.of(PortForward.class);

    private final PortForward forward;
    private final ConnectionsBySource.Source source;
    private @Nullable Deferred<ForwardTarget> connecting;
    private @Nullable Relay relay;
    private @Nullable ForwardTarget joinedTarget;
    private boolean lost;

    ForwardedProtocol(PortForward forward, ConnectionsBySource.Source source) {
        this.forward = forward;
        this.source = source;
    }

    @Override
    public void connectionMade() {
        forward.opened(transport().clock());
        transport().pauseProducing();
        Factory<ForwardTarget> factory = Factory.of(ForwardTarget::new);
        factory.noisy(false);
        Deferred<ForwardTarget> attempt = Deferred.maybeDeferred(
                        () -> forward.target().connect(factory))
                .addTimeout(forward.options().connectTimeout(), transport().clock());
        connecting = attempt;
        attempt.<@Nullable Void>addCallbacks(this::connected, this::failed).addErrback(this::broken);
    }

    private @Nullable Void connected(ForwardTarget target) {
        connecting = null;
        if (lost || transport().disconnecting()) {
            target.transport().abortConnection();
            return null;
        }
        int version = forward.options().proxyHeader();
        if (version > 0) {
            ProxyHeaderFirst.send(version, transport().peer(), transport().host(), target.transport());
        }
        sendAtOnce(transport());
        sendAtOnce(target.transport());
        Relay joined = Relay.join(transport(), target.transport());
        if (forward.options().idleTimeout() != null) {
            joined.idleAfter(forward.options().idleTimeout());
        }
        relay = joined;
        joinedTarget = target;
        target.join(joined.second());
        target.transport().resumeProducing();
        transport().resumeProducing();
        return null;
    }

    /// What is passed on was cut into packets by somebody who knew why.
    private static void sendAtOnce(Transport transport) {
        if (transport instanceof TcpTransport tcp) {
            tcp.tcpNoDelay(true);
        }
    }

    private @Nullable Void failed(Failure reason) {
        connecting = null;
        if (!lost) {
            log.info("no connection to {target}: {reason}", forward.target().toString(), reason.message());
            transport().loseConnection();
        }
        return null;
    }

    private @Nullable Void broken(Failure failure) {
        log.failure("a client cannot be passed on", failure);
        transport().abortConnection();
        return null;
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        if (relay != null) {
            relay.first().dataReceived(unread);
        }
    }

    @Override
    public void readConnectionLost() {
        if (relay != null) {
            relay.first().readConnectionLost();
        }
    }

    @Override
    public void writeConnectionLost() {}

    @Override
    public void connectionLost(Failure reason) {
        lost = true;
        forward.closed(source);
        if (connecting != null) {
            connecting.cancel();
        }
        if (relay != null) {
            relay.first().connectionLost();
        }
        if (joinedTarget != null && reason.value() instanceof ConnectionAborted) {
            joinedTarget.transport().abortConnection();
        }
    }

    /// A relay goes on until it ends by itself or the time of draining is over, for nobody here knows where it
    /// could be cut; a client that has no target yet gets none any more.
    @Override
    public void drain() {
        if (relay == null) {
            transport().loseConnection();
            if (connecting != null) {
                connecting.cancel();
            }
        }
    }

    @Override
    public String logPrefix() {
        return "PortForward";
    }
}
