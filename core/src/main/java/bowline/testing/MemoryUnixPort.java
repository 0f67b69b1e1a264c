package bowline.testing;

import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.reactor.UnixListenOptions;

/// A UNIX port of a [MemoryReactor] (TST-3). No file is touched.
public final class MemoryUnixPort extends MemoryPort {
    private final UnixListenOptions options;

    MemoryUnixPort(MemoryReactor reactor, Address.Unix where, Factory<?> factory, UnixListenOptions options) {
        super(reactor, where, factory);
        this.options = options;
    }

    /// How it was opened.
    public UnixListenOptions options() {
        return options;
    }

    /// Clients have no name (UNX-6).
    @Override
    Address usualPeer() {
        return new Address.Unix(null);
    }
}
