package bowline.testing;

import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.reactor.ConnectOptions;

/// A TCP connector of a [MemoryReactor] (TST-3).
public final class MemoryTcpConnector extends MemoryConnector {
    private final Address.Hostname destination;
    private final ConnectOptions options;

    MemoryTcpConnector(
            MemoryReactor reactor, Address.Hostname destination, ClientFactory<?> factory, ConnectOptions options) {
        super(reactor, destination, factory, options.timeout());
        this.destination = destination;
        this.options = options;
    }

    @Override
    public Address.Hostname destination() {
        return destination;
    }

    /// How it was told to connect.
    public ConnectOptions options() {
        return options;
    }

    @Override
    Address peer() {
        return new Address.IPv4(Address.Carrier.TCP, destination.host(), destination.port());
    }
}
