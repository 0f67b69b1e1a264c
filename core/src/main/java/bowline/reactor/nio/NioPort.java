package bowline.reactor.nio;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import bowline.reactor.loop.Accepted;
import bowline.reactor.loop.Listening;
import bowline.reactor.loop.StreamPort;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A listening socket channel.
final class NioPort extends StreamPort implements NioHandler {
    private static final Logger log = Logger.of(Reactor.class);
    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    private final NioReactor reactor;
    private final Listening listening;
    private @Nullable ServerSocketChannel channel;
    private @Nullable SelectionKey key;

    NioPort(NioReactor reactor, Listening listening) {
        super(listening);
        this.reactor = reactor;
        this.listening = listening;
    }

    @Override
    protected SocketAddress bind(SocketAddress address, int backlog) throws IOException {
        StandardProtocolFamily family = Families.of(address);
        var opened = ServerSocketChannel.open(family);
        channel = opened;
        if (!WINDOWS
                && family != StandardProtocolFamily.UNIX) { // where it would let two programs share the port (LIS-2)
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        }
        if (listening.reusePort()) {
            reusePort(opened);
        }
        opened.bind(address, backlog);
        opened.configureBlocking(false);
        key = opened.register(reactor.selector(), 0, this);
        return opened.getLocalAddress();
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
        return accepted == null ? null : new NioAccepted(accepted, listening.limits());
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

    /// A cancelled key is forgotten by the next select; this one looks and takes nothing.
    @Override
    protected void unwatch() throws IOException {
        if (key != null) {
            key.cancel();
            key = null;
            reactor.selector().selectNow(_ -> {});
        }
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
