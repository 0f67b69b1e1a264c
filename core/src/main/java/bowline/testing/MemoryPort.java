package bowline.testing;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListeningPort;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A port of a [MemoryReactor]: it remembers how it was made, and accepts connections from the test (TST-3).
public abstract sealed class MemoryPort implements ListeningPort permits MemoryTcpPort, MemoryUnixPort {
    private final MemoryReactor reactor;
    private final Address host;
    private final Factory<?> factory;
    private boolean listening;

    MemoryPort(MemoryReactor reactor, Address host, Factory<?> factory) {
        this.reactor = reactor;
        this.host = host;
        this.factory = factory;
    }

    @Override
    public final Address host() {
        return host;
    }

    /// Who makes its protocols.
    public final Factory<?> factory() {
        return factory;
    }

    /// Whether it accepts connections now.
    public final boolean listening() {
        return listening;
    }

    @Override
    public void startListening() {
        if (listening) {
            throw new IllegalStateException("port " + host + " is listening already");
        }
        reactor.checkFree(this);
        listening = true;
        factory.doStart();
    }

    @Override
    public final Deferred<@Nullable Void> stopListening() {
        if (!listening) {
            return Deferred.succeed(null);
        }
        listening = false;
        var closed = new Deferred<@Nullable Void>();
        reactor.callLater(Duration.ZERO, () -> {
            factory.doStop();
            closed.callback(null);
        });
        return closed;
    }

    /// A client connects, from the address that clients of such a port usually have.
    ///
    /// @return the new connection; already disconnected when the factory refused it
    public final MemoryTransport connect() throws Exception {
        return connect(usualPeer());
    }

    abstract Address usualPeer();

    /// A client connects from `peer`.
    ///
    /// @return the new connection; already disconnected when the factory refused it
    /// @throws Exception what the factory threw
    public final MemoryTransport connect(Address peer) throws Exception {
        if (!listening) {
            throw new IllegalStateException("port " + host + " is not listening: a client would be refused");
        }
        var transport = new MemoryTransport(reactor).peer(peer).host(host);
        Protocol protocol = factory.build(peer);
        if (protocol == null) {
            transport.close();
            return transport;
        }
        return transport.connectTo(protocol);
    }

    @Override
    public final String toString() {
        return "port " + host + (listening ? "" : " (closed)") + " for " + factory.logPrefix();
    }
}
