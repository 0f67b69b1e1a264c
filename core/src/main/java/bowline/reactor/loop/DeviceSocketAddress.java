package bowline.reactor.loop;

import bowline.protocol.Address;

/// Where a stream is that has no socket, but a device.
public final class DeviceSocketAddress extends NamedSocketAddress {
    private static final long serialVersionUID = 1;

    /// @param name as in [Address.Device]
    public DeviceSocketAddress(String name) {
        super(name);
    }

    @Override
    Address.Device address() {
        return new Address.Device(name());
    }
}
