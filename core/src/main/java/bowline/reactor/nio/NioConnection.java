package bowline.reactor.nio;

import bowline.log.Logger;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import bowline.reactor.loop.StreamConnection;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// A connected socket channel.
abstract class NioConnection extends StreamConnection implements NioHandler {
    private static final Logger log = Logger.of(Reactor.class);

    final SocketChannel channel;
    private final SelectionKey key;

    NioConnection(NioReactor reactor, SocketChannel channel, SelectionKey key, TransportLimits limits)
            throws IOException {
        super(reactor, channel.getLocalAddress(), channel.getRemoteAddress(), limits);
        this.channel = channel;
        this.key = key;
    }

    /// A connection on `channel`, which is connected and does not block.
    static NioConnection on(NioReactor reactor, SocketChannel channel, SelectionKey key, TransportLimits limits)
            throws IOException {
        NioConnection connection = channel.getRemoteAddress() instanceof UnixDomainSocketAddress
                ? new NioUnixConnection(reactor, channel, key, limits)
                : new NioTcpConnection(reactor, channel, key, limits);
        key.attach(connection);
        return connection;
    }

    @Override
    public final void ready(SelectionKey ready, int operations) {
        if ((operations & SelectionKey.OP_READ) != 0) {
            readReady();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            writeReady();
        }
    }

    @Override
    protected final int receive(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    protected final int send(ByteBuffer bytes) throws IOException {
        return channel.write(bytes);
    }

    @Override
    protected final long send(ByteBuffer[] pieces, int first, int count) throws IOException {
        return channel.write(pieces, first, count);
    }

    @Override
    protected final long transfer(FileChannel file, long position, long count) throws IOException {
        return file.transferTo(position, count, channel);
    }

    @Override
    protected final void watch(boolean reading, boolean writing) {
        int wanted = (reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    @Override
    protected final void shutdownOutput() throws IOException {
        channel.shutdownOutput();
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
        try {
            channel.close();
        } catch (IOException broken) {
            log.debug("closing failed: {reason}", broken);
        }
    }
}
