package bowline.linux.device;

import bowline.device.Devices;
import bowline.device.SerialSettings;
import bowline.device.TunnelOptions;
import bowline.device.TunnelPort;
import bowline.linux.socket.DescriptorReactor;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.TransportLimits;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;

/// Opens a reactor's devices.
public final class OwnDevices implements Devices {
    /// A device opens at once; the time only has to have a bound.
    private static final Duration OPENING_TIMEOUT = Duration.ofSeconds(30);

    /// Most bytes that one call hands to a device: more than its buffer holds.
    static final int WRITE_MAX_BYTES = 65_536;

    private final DescriptorReactor reactor;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(WRITE_MAX_BYTES);

    /// Of that reactor, which has none yet.
    public OwnDevices(DescriptorReactor reactor) {
        this.reactor = reactor;
    }

    @Override
    public Connector openSerial(
            Path device, SerialSettings settings, TransportLimits limits, ClientFactory<?> factory) {
        reactor.check("Devices.openSerial");
        return reactor.connectOpened(
                new Address.Device(device.toString()),
                itsLimits -> SerialConnection.open(reactor, device, settings, itsLimits, buffer),
                factory,
                OPENING_TIMEOUT,
                limits);
    }

    @Override
    public TunnelPort openTunnel(TunnelOptions options, DatagramProtocol protocol) {
        var tunnel = new TunnelDevice(reactor, options, protocol);
        tunnel.startListening();
        return tunnel;
    }
}
