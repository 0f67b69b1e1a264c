package bowline.reactor;

import bowline.protocol.MulticastTransport;

/// A UDP port that can join multicast groups: what [Reactor#listenMulticast] gives (UDP-10).
public interface MulticastPort extends UdpPort, MulticastTransport {}
