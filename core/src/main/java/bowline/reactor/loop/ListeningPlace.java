package bowline.reactor.loop;

import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import java.io.IOException;
import java.net.SocketAddress;

/// Where a port listens, and what belongs to taking that place and to leaving it: all that differs between the ports
/// of TCP and of UNIX sockets. Unless it says otherwise, nothing belongs to a place but the socket.
interface ListeningPlace {

    /// What is bound.
    SocketAddress address();

    /// Before the socket is bound.
    ///
    /// @throws IOException if the place cannot be taken
    default void prepare() throws IOException {}

    /// The socket is bound and listens; nothing has been accepted yet.
    ///
    /// @return whether those who already wait are to be sent away
    default boolean taken() throws IOException {
        return false;
    }

    /// The socket listens already, by a predecessor of this process, which leaves to us what belongs to it: in
    /// place of [#prepare] and [#taken].
    default void inherited() throws IOException {}

    /// The process `pid` listens by the same socket from now on: [#left] leaves to it what belongs to the place.
    default void handedOver(long pid) {}

    /// The socket is closed, or could not be bound.
    default void left() {}

    /// What to call it, when it is bound to `bound`.
    Address host(SocketAddress bound);

    /// The kind of port, as in `TCP`.
    String kind();

    /// The name of the place in the log: a port number or a path (LIS-2).
    Object name(SocketAddress bound);

    /// Why it could not be taken, and what to do (LIS-1).
    CannotListenError refused(IOException cause);
}
