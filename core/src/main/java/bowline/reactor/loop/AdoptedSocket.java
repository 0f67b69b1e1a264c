package bowline.reactor.loop;

import java.net.SocketAddress;

/// A listening socket that is the reactor's: its own copy of one that the program brought.
///
/// @param descriptor of the copy
/// @param local where the socket is bound
public record AdoptedSocket(int descriptor, SocketAddress local) {}
