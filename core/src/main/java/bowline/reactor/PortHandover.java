package bowline.reactor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/// A reactor whose ports can be handed to another process, and that can be given those of another: what
/// [bowline.handover] is made of. The reactors of `bowline-linux` implement it. On the reactor's thread, or before it
/// runs.
///
/// Ports are handed over that listen for connections, at TCP and at UNIX sockets, and those of UDP that have a number
/// for themselves; not those that the program was started with, which are [#startedWith].
public interface PortHandover {

    /// That of a reactor.
    ///
    /// @throws UnsupportedOperationException if its backend knows no descriptors
    static PortHandover of(Reactor reactor) {
        if (reactor instanceof PortHandover able) {
            return able;
        }
        throw new UnsupportedOperationException("ports handed from process to process; the JDK cannot do that, the"
                + " backends uring and epoll (bowline.linux) can");
    }

    /// Gives it sockets, which it uses when it is to listen where they do.
    void inherit(InheritedPorts ports);

    /// What it listens at, in the order in which that was opened, by copies of the descriptors. The caller lets
    /// them go with [#release].
    List<OpenPort> openPorts() throws IOException;

    /// The listening sockets that children would be given as they stand: at the start of a program those that a
    /// service manager gave it. The caller lets the copies go with [#release].
    ///
    /// @return copies of them, by the numbers of the sockets themselves
    Map<Integer, Integer> startedWith();

    /// The process `pid` listens at all its ports as well now: when they close here, files and locks that belong to
    /// them are left to it.
    void handedOver(long pid);

    /// Writes to a descriptor that is not the reactor's, which does not wait for it: a pipe with room for a few
    /// bytes.
    void answer(int descriptor, ByteBuffer bytes) throws IOException;

    /// Closes a descriptor that is not the reactor's.
    void release(int descriptor);
}
