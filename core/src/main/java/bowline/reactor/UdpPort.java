package bowline.reactor;

import bowline.protocol.DatagramTransport;

/// A UDP port: what [Reactor#listenUdp] gives, and the transport of its protocol (section 23). After
/// [#stopListening] it can listen again by [#startListening], with the same protocol.
public interface UdpPort extends ListeningPort, DatagramTransport {}
