package bowline.linux.socket;

import bowline.linux.system.SystemCalls;
import bowline.protocol.TransportLimits;
import bowline.reactor.loop.Accepted;
import bowline.reactor.loop.Loop;
import bowline.reactor.loop.StreamConnection;
import java.net.SocketAddress;

/// An accepted socket that no reactor watches yet.
record AcceptedSocket(int descriptor, SocketAddress local, SocketAddress remote, TransportLimits limits)
        implements Accepted {

    @Override
    public StreamConnection on(Loop loop) {
        return ((DescriptorReactor) loop).connection(descriptor, local, remote, limits);
    }

    @Override
    public void close() {
        new SystemCalls().close(descriptor); // on any thread, so not by a reactor's own
    }
}
