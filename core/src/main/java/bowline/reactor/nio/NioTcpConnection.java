package bowline.reactor.nio;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.TcpTransport;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// A connection over TCP, with its options (TRA-18).
final class NioTcpConnection extends NioConnection implements TcpTransport {
    private static final Logger log = Logger.of(Reactor.class);

    NioTcpConnection(NioReactor reactor, SocketChannel channel, SelectionKey key, TransportLimits limits)
            throws IOException {
        super(reactor, channel, key, limits);
    }

    /// Closed with data unsent and this option, a TCP socket sends a reset (TRA-8).
    @Override
    void armReset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
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
