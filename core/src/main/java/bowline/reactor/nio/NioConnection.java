package bowline.reactor.nio;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import bowline.reactor.loop.StreamConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// A connected socket channel.
final class NioConnection extends StreamConnection implements NioHandler {
    private static final Logger log = Logger.of(Reactor.class);

    private final SocketChannel channel;
    private final SelectionKey key;

    private NioConnection(NioReactor reactor, SocketChannel channel, SelectionKey key, TransportLimits limits)
            throws IOException {
        super(
                reactor,
                (InetSocketAddress) channel.getLocalAddress(),
                (InetSocketAddress) channel.getRemoteAddress(),
                limits);
        this.channel = channel;
        this.key = key;
    }

    /// A connection on `channel`, which is connected and does not block.
    static NioConnection on(NioReactor reactor, SocketChannel channel, SelectionKey key, TransportLimits limits)
            throws IOException {
        var connection = new NioConnection(reactor, channel, key, limits);
        key.attach(connection);
        return connection;
    }

    @Override
    public void ready(SelectionKey ready, int operations) {
        if ((operations & SelectionKey.OP_READ) != 0) {
            readReady();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            writeReady();
        }
    }

    @Override
    protected int receive(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    protected int send(ByteBuffer bytes) throws IOException {
        return channel.write(bytes);
    }

    @Override
    protected long send(ByteBuffer[] pieces, int first, int count) throws IOException {
        return channel.write(pieces, first, count);
    }

    @Override
    protected long transfer(FileChannel file, long position, long count) throws IOException {
        return file.transferTo(position, count, channel);
    }

    @Override
    protected void watch(boolean reading, boolean writing) {
        int wanted = (reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    @Override
    protected void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    protected void close(boolean reset) {
        try {
            if (reset) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
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

    @Override
    public boolean tcpNoDelay() {
        return option(StandardSocketOptions.TCP_NODELAY);
    }

    @Override
    public void tcpNoDelay(boolean on) {
        option(StandardSocketOptions.TCP_NODELAY, on);
    }

    @Override
    public boolean tcpKeepAlive() {
        return option(StandardSocketOptions.SO_KEEPALIVE);
    }

    @Override
    public void tcpKeepAlive(boolean on) {
        option(StandardSocketOptions.SO_KEEPALIVE, on);
    }

    private boolean option(SocketOption<Boolean> option) {
        try {
            return channel.getOption(option);
        } catch (IOException gone) {
            return false;
        }
    }

    private void option(SocketOption<Boolean> option, boolean on) {
        try {
            channel.setOption(option, on);
        } catch (IOException refused) {
            log.failure("could not set {option}", Failure.of(refused), option.name());
        }
    }
}
