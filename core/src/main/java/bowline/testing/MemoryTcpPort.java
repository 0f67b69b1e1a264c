package bowline.testing;

import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.reactor.ListenOptions;

/// A TCP port of a [MemoryReactor] (TST-3).
public final class MemoryTcpPort extends MemoryPort {
    private final ListenOptions options;

    MemoryTcpPort(MemoryReactor reactor, int port, Factory<?> factory, ListenOptions options) {
        super(reactor, host(port, options.networkInterface()), factory);
        this.options = options;
    }

    private static Address host(int port, String networkInterface) {
        return networkInterface.indexOf(':') >= 0
                ? new Address.IPv6(Address.Carrier.TCP, networkInterface, port)
                : new Address.IPv4(
                        Address.Carrier.TCP, networkInterface.isEmpty() ? "0.0.0.0" : networkInterface, port);
    }

    /// How it was opened.
    public ListenOptions options() {
        return options;
    }

    /// The address that a [MemoryTransport] has unless told otherwise.
    @Override
    Address usualPeer() {
        return new Address.IPv4(Address.Carrier.TCP, "192.168.1.1", 54321);
    }
}
