package bowline.linux.socket;

import bowline.failure.Failure;
import bowline.linux.system.SocketOptionName;
import bowline.log.Logger;
import bowline.protocol.TcpTransport;
import bowline.protocol.TransportLimits;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.net.SocketAddress;

/// A connection over TCP, with its options (TRA-18).
final class SocketTcpConnection extends SocketConnection implements TcpTransport {
    private static final Logger log = Logger.of(Reactor.class);

    SocketTcpConnection(
            DescriptorReactor reactor,
            int descriptor,
            SocketAddress local,
            SocketAddress remote,
            TransportLimits limits) {
        super(reactor, descriptor, local, remote, limits);
    }

    /// TRA-8
    @Override
    void armReset() throws IOException {
        sockets().resetOnClose(descriptor);
    }

    @Override
    public boolean tcpNoDelay() {
        return option(SocketOptionName.TCP_NO_DELAY);
    }

    @Override
    public void tcpNoDelay(boolean on) {
        option(SocketOptionName.TCP_NO_DELAY, on);
    }

    @Override
    public boolean tcpKeepAlive() {
        return option(SocketOptionName.KEEP_ALIVE);
    }

    @Override
    public void tcpKeepAlive(boolean on) {
        option(SocketOptionName.KEEP_ALIVE, on);
    }

    /// Once the connection has ended, its descriptor may be another's.
    private boolean option(SocketOptionName option) {
        try {
            return connected() && sockets().option(descriptor, option) != 0;
        } catch (IOException gone) {
            return false;
        }
    }

    private void option(SocketOptionName option, boolean on) {
        if (!connected()) {
            return;
        }
        try {
            sockets().option(descriptor, option, on ? 1 : 0);
        } catch (IOException refused) {
            log.failure("could not set {option}", Failure.of(refused), option);
        }
    }
}
