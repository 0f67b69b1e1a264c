package bowline.linux.socket;

import bowline.linux.system.Errno;
import bowline.linux.system.Sockets;
import bowline.log.Logger;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A connected socket. Public for the backends alone.
public abstract class SocketConnection extends DescriptorConnection {
    private static final Logger log = Logger.of(Reactor.class);

    SocketConnection(
            DescriptorReactor reactor,
            int descriptor,
            SocketAddress local,
            SocketAddress remote,
            TransportLimits limits) {
        super(reactor, descriptor, local, remote, limits);
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
    protected void watch(int before, int wanted) throws IOException {
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
