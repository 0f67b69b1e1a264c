package bowline.testing;

import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.reactor.UnixConnectOptions;

/// A UNIX connector of a [MemoryReactor] (TST-3). No file is touched.
public final class MemoryUnixConnector extends MemoryConnector {
    private final UnixConnectOptions options;

    MemoryUnixConnector(
            MemoryReactor reactor, Address.Unix destination, ClientFactory<?> factory, UnixConnectOptions options) {
        super(reactor, destination, factory, options.timeout());
        this.options = options;
    }

    /// How it was told to connect.
    public UnixConnectOptions options() {
        return options;
    }

    @Override
    Address peer() {
        return destination();
    }
}
