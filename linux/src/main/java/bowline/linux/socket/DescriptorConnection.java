package bowline.linux.socket;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import bowline.reactor.loop.StreamConnection;
import java.io.IOException;
import java.net.SocketAddress;

/// A connection on a descriptor that is watched: a socket, or a device.
public abstract class DescriptorConnection extends StreamConnection implements DescriptorHandler {
    private static final Logger log = Logger.of(Reactor.class);

    /// Where it lives.
    protected final DescriptorReactor reactor;

    /// Its own; once the connection is closed, it may be another's.
    protected final int descriptor;

    private int watched;

    /// On a descriptor that nobody watches yet.
    protected DescriptorConnection(
            DescriptorReactor reactor,
            int descriptor,
            SocketAddress local,
            SocketAddress remote,
            TransportLimits limits) {
        super(reactor, local, remote, limits);
        this.reactor = reactor;
        this.descriptor = descriptor;
    }

    /// A failure or a hang-up is found by reading or by sending, whatever is wanted.
    @Override
    public final void ready(int events) {
        if (Poller.mayRead(events)) {
            readReady();
        }
        if (Poller.mayWrite(events)) {
            writeReady();
        }
    }

    @Override
    protected final void watch(boolean reading, boolean writing) {
        int wanted = (reading ? Poller.IN : 0) | (writing ? Poller.OUT : 0);
        if (wanted == watched) {
            return;
        }
        try {
            watch(watched, wanted);
            watched = wanted;
        } catch (IOException full) { // no memory, or /proc/sys/fs/epoll/max_user_watches is reached
            log.failure("a connection cannot be watched", Failure.of(full));
            reactor.failLater(this, full);
        }
    }

    /// Changes for which events it is watched.
    protected void watch(int before, int wanted) throws IOException {
        reactor.poller().watch(descriptor, before, wanted);
    }
}
