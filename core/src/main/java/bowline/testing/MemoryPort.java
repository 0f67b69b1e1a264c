package bowline.testing;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A port of a [MemoryReactor]: it remembers how it was made, and accepts connections from the test (TST-3).
public final class MemoryPort implements ListeningPort {
    private final MemoryReactor reactor;
    private final Address host;
    private final Factory<?> factory;
    private final ListenOptions options;
    private boolean listening;

    MemoryPort(MemoryReactor reactor, int port, Factory<?> factory, ListenOptions options) {
        this.reactor = reactor;
        this.factory = factory;
        this.options = options;
        this.host = options.networkInterface().indexOf(':') >= 0
                ? new Address.IPv6(Address.Carrier.TCP, options.networkInterface(), port)
                : new Address.IPv4(
                        Address.Carrier.TCP,
                        options.networkInterface().isEmpty() ? "0.0.0.0" : options.networkInterface(),
                        port);
    }

    @Override
    public Address host() {
        return host;
    }

    /// Who makes its protocols.
    public Factory<?> factory() {
        return factory;
    }

    /// How it was opened.
    public ListenOptions options() {
        return options;
    }

    /// Whether it accepts connections now.
    public boolean listening() {
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
    public Deferred<@Nullable Void> stopListening() {
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

    /// A client connects, from the address that a [MemoryTransport] has unless told otherwise.
    ///
    /// @return the new connection; already disconnected when the factory refused it
    public MemoryTransport connect() throws Exception {
        return connect(new Address.IPv4(Address.Carrier.TCP, "192.168.1.1", 54321));
    }

    /// A client connects from `peer`.
    ///
    /// @return the new connection; already disconnected when the factory refused it
    /// @throws Exception what the factory threw
    public MemoryTransport connect(Address peer) throws Exception {
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
    public String toString() {
        return "port " + host + (listening ? "" : " (closed)") + " for " + factory.logPrefix();
    }
}
