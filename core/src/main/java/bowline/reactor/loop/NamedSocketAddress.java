package bowline.reactor.loop;

import bowline.protocol.Address;
import java.net.SocketAddress;
import java.util.Objects;

/// Where a stream is that the JDK has no address for: a name, whose meaning the class says. Immutable.
public abstract sealed class NamedSocketAddress extends SocketAddress
        permits AbstractSocketAddress, DeviceSocketAddress {
    private static final long serialVersionUID = 1;

    private final String name;

    NamedSocketAddress(String name) {
        this.name = Objects.requireNonNull(name);
    }

    /// The name alone.
    public final String name() {
        return name;
    }

    /// The same as an address of ours.
    abstract Address address();

    @Override
    public final boolean equals(Object other) {
        return other instanceof NamedSocketAddress same && same.getClass() == getClass() && same.name.equals(name);
    }

    @Override
    public final int hashCode() {
        return name.hashCode();
    }

    @Override
    public final String toString() {
        return address().toString();
    }
}
