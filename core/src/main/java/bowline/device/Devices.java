package bowline.device;

import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.TransportLimits;
import java.nio.file.Path;

/// Opens devices for one reactor. [SerialEndpoint] and [TunnelPort] ask it; a program need not.
public interface Devices {

    /// Begins to open a serial port; the transport of its protocol is a [SerialTransport].
    ///
    /// @param device path of its file
    Connector openSerial(Path device, SerialSettings settings, TransportLimits limits, ClientFactory<?> factory);

    /// Opens a tunnel, whose protocol is started.
    ///
    /// @throws bowline.protocol.CannotListenError if it cannot be opened
    TunnelPort openTunnel(TunnelOptions options, DatagramProtocol protocol);
}
