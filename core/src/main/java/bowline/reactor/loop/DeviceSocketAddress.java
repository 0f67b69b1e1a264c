package bowline.reactor.loop;

import bowline.protocol.Address;
import java.net.SocketAddress;
import java.util.Objects;

/// Where a stream is that has no socket, but a device.
public final class DeviceSocketAddress extends SocketAddress {
    private static final long serialVersionUID = 1;

    private final String name;

    /// @param name as in [Address.Device]
    public DeviceSocketAddress(String name) {
        this.name = Objects.requireNonNull(name);
    }

    Address.Device address() {
        return new Address.Device(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceSocketAddress same && same.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return address().toString();
    }
}
