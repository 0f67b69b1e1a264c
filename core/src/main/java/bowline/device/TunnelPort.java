package bowline.device;

import bowline.protocol.CannotListenError;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.DatagramTransport;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;

/// A tunnel, and the transport of its protocol. For the reactor's thread.
///
///     TunnelPort tunnel = TunnelPort.open(reactor, TunnelOptions.DEFAULT.name("vpn%d"), new DatagramProtocol() {
///         @Override public void datagramReceived(ByteBuffer packet, Address from) {
///             // the system has sent this packet out through the interface
///         }
///     });
///
/// A datagram is one packet. What the protocol writes comes in at the interface, as from a wire. There is one peer, the
/// system, at [#host]; [#connect], which would choose another, throws.
///
/// The interface is there as long as the port listens. Addresses and routes are given to it by others, as in
/// `ip addr add 10.9.0.1/24 dev vpn0; ip link set vpn0 up`; until it is up, packets that are written are dropped and
/// counted. Opening one needs the privilege CAP_NET_ADMIN.
public interface TunnelPort extends ListeningPort, DatagramTransport {

    /// What its interface is called.
    String interfaceName();

    /// Opens a tunnel; the protocol is started before this returns.
    ///
    /// @throws CannotListenError if it cannot be opened; the message says why, and what to do
    /// @throws UnsupportedOperationException if the reactor opens no devices
    static TunnelPort open(Reactor reactor, TunnelOptions options, DatagramProtocol protocol) {
        return DeviceReactor.of(reactor, "a tunnel").openTunnel(options, protocol);
    }
}
