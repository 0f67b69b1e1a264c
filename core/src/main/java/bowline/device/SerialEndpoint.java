package bowline.device;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ConnectAttempt;
import bowline.endpoint.EndpointString;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import java.nio.file.Path;

/// Connects to what is at the other end of a serial line. The transport is a [SerialTransport].
///
/// The port is ours alone while it is open: who else asks for it is refused, and so are we when another has it. Root
/// is refused only by those who lock the device as we do (`flock`).
///
/// @param reactor the reactor of the connections
/// @param device path of its file, as in `/dev/ttyUSB0`
/// @param settings how the bits go
/// @param limits how much a connection may hold in memory
public record SerialEndpoint(Reactor reactor, Path device, SerialSettings settings, TransportLimits limits)
        implements ClientEndpoint {

    /// With the usual limits.
    public SerialEndpoint(Reactor reactor, Path device, SerialSettings settings) {
        this(reactor, device, settings, TransportLimits.DEFAULT);
    }

    /// @throws UnsupportedOperationException in the Deferred, if the reactor opens no devices
    @Override
    public <P extends Protocol> Deferred<P> connect(Factory<P> factory) {
        var attempt = new ConnectAttempt<P>(factory, new Address.Device(device.toString()));
        return attempt.begin(once -> DeviceReactor.of(reactor, toString()).openSerial(device, settings, limits, once));
    }

    @Override
    public String toString() {
        return "serial:" + EndpointString.quote(device.toString());
    }
}
