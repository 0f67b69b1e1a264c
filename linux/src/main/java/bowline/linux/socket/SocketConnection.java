package bowline.linux.socket;

import bowline.failure.Failure;
import bowline.linux.system.Errno;
import bowline.linux.system.Sockets;
import bowline.log.Logger;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import bowline.reactor.loop.StreamConnection;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A connected socket. Public for the backends alone.
public abstract class SocketConnection extends StreamConnection implements DescriptorHandler {
    private static final Logger log = Logger.of(Reactor.class);

    final DescriptorReactor reactor;
    final int descriptor;
    private int watched;

    SocketConnection(
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
        boolean trouble = (events & (Poller.ERROR | Poller.HANG_UP)) != 0;
        if (trouble || (events & Poller.IN) != 0) {
            readReady();
        }
        if (trouble || (events & Poller.OUT) != 0) {
            writeReady();
        }
    }

    final Sockets sockets() {
        return reactor.sockets();
    }

    @Override
    protected int receive(ByteBuffer into) throws IOException {
        return reactor.receive(descriptor, into);
    }

    @Override
    protected int send(ByteBuffer bytes) throws IOException {
        return sockets().send(descriptor, bytes);
    }

    @Override
    protected long send(ByteBuffer[] pieces, int first, int count) throws IOException {
        return sockets().send(descriptor, pieces, first, count);
    }

    @Override
    protected boolean post(ByteBuffer bytes) throws IOException {
        return bytes.isDirect() && reactor.post(this, descriptor, bytes);
    }

    @Override
    protected final boolean settle() throws IOException {
        return reactor.settle();
    }

    @Override
    protected final void unpost() {
        reactor.unpost();
    }

    /// What the system said to what was posted: how many bytes it took, or the negative of an [Errno].
    public final void sent(int result) {
        if (Errno.EAGAIN.is(result) || Errno.EINTR.is(result)) {
            postEnded(0);
        } else if (result < 0) {
            postFailed(Errno.exception(result));
        } else {
            postEnded(result);
        }
    }

    /// All that was posted has been taken.
    public final void sentAll() {
        postEnded(postedBytes());
    }

    @Override
    protected long transfer(FileChannel file, long position, long count) throws IOException {
        return reactor.sendFile(file, position, count, descriptor);
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
    void watch(int before, int wanted) throws IOException {
        reactor.watchStream(descriptor, before, wanted);
    }

    @Override
    protected final void shutdownOutput() throws IOException {
        sockets().shutdownOutput(descriptor);
    }

    /// Makes the next close a reset, where there is such a thing.
    abstract void armReset() throws IOException;

    @Override
    protected final void close(boolean reset) {
        try {
            if (reset) {
                armReset();
            }
        } catch (IOException alreadyGone) {
            log.debug("no reset: {reason}", alreadyGone);
        }
        released();
        reactor.close(descriptor);
    }

    /// The connection is closed: lets go of what else it has.
    void released() {
        // nothing
    }
}
