package bowline.reactor.nio;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Factory;
import bowline.reactor.ListenOptions;
import bowline.reactor.Reactor;
import bowline.reactor.loop.Accepted;
import bowline.reactor.loop.TcpPort;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A listening socket channel.
final class NioPort extends TcpPort implements NioHandler {
    private static final Logger log = Logger.of(Reactor.class);
    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    private final NioReactor reactor;
    private final ListenOptions options;
    private @Nullable ServerSocketChannel channel;
    private @Nullable SelectionKey key;

    NioPort(NioReactor reactor, InetSocketAddress where, Factory<?> factory, ListenOptions options) {
        super(reactor, where, factory, options);
        this.reactor = reactor;
        this.options = options;
    }

    @Override
    protected InetSocketAddress bind(InetSocketAddress address, int backlog) throws IOException {
        var opened = ServerSocketChannel.open(
                address.getAddress() instanceof Inet6Address
                        ? StandardProtocolFamily.INET6
                        : StandardProtocolFamily.INET);
        channel = opened;
        if (!WINDOWS) { // where it would let two programs share the port (LIS-2)
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        }
        if (options.reusePort()) {
            reusePort(opened);
        }
        opened.bind(address, backlog);
        opened.configureBlocking(false);
        key = opened.register(reactor.selector(), 0, this);
        return (InetSocketAddress) opened.getLocalAddress();
    }

    private static void reusePort(ServerSocketChannel opened) throws IOException {
        try {
            opened.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        } catch (UnsupportedOperationException unknown) {
            throw new IOException("this system does not share ports (SO_REUSEPORT)", unknown);
        }
    }

    @Override
    protected void accepting(boolean on) {
        if (key != null && key.isValid()) {
            key.interestOps(on ? SelectionKey.OP_ACCEPT : 0);
        }
    }

    @Override
    protected @Nullable Accepted accept() throws IOException {
        SocketChannel accepted = channel == null ? null : channel.accept();
        return accepted == null ? null : new NioAccepted(accepted, options.limits());
    }

    @Override
    protected boolean refuse() throws IOException {
        SocketChannel accepted = channel == null ? null : channel.accept();
        if (accepted == null) {
            return false;
        }
        accepted.close();
        return true;
    }

    @Override
    protected void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException broken) {
            log.failure("closing a port failed", Failure.of(broken));
        }
        channel = null;
        key = null;
    }

    @Override
    public void ready(SelectionKey ready, int operations) {
        acceptReady();
    }

    @Override
    public void disconnected(Failure reason) {
        disconnected();
    }
}
