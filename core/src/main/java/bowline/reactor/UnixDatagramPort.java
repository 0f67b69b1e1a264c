package bowline.reactor;

import bowline.protocol.UnixDatagramTransport;

/// A UNIX socket of datagrams: what [Reactor#listenUnixDatagram] and [Reactor#connectUnixDatagram] give, and the
/// transport of its protocol (UNX-8). After [#stopListening] it can be opened again by [#startListening], with the same
/// protocol.
public interface UnixDatagramPort extends ListeningPort, UnixDatagramTransport {}
