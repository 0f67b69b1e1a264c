package bowline.systemd;

import bowline.protocol.Address;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Sends single datagrams to UNIX sockets, which the JDK cannot. The reactors of `bowline-linux` implement it.
@FunctionalInterface
public interface NotifySocket {

    /// Sends one datagram from a socket without a name. On the reactor's thread; never waits.
    ///
    /// @return false if the receiver has no room for it now
    /// @throws IOException if nobody receives there
    boolean notify(Address.Unix receiver, ByteBuffer datagram) throws IOException;

    /// That of a reactor.
    ///
    /// @throws UnsupportedOperationException if its backend has none
    static NotifySocket of(Reactor reactor) {
        if (reactor instanceof NotifySocket socket) {
            return socket;
        }
        throw new UnsupportedOperationException("datagrams to UNIX sockets; the JDK cannot do that, the backends uring"
                + " and epoll (bowline.linux) can");
    }
}
