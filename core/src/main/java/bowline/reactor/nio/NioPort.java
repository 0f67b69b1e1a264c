package bowline.reactor.nio;

import bowline.failure.Failure;
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
    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    private final Listening listening;
    private final NioBinding<ServerSocketChannel> binding;

    NioPort(NioReactor reactor, Listening listening) {
        super(listening);
        this.listening = listening;
        binding = new NioBinding<>(reactor);
    }

    @Override
    protected SocketAddress bind(SocketAddress address, int backlog) throws IOException {
        StandardProtocolFamily family = Families.of(address);
        var opened = ServerSocketChannel.open(family);
        binding.opened(opened);
        if (!WINDOWS
                && family != StandardProtocolFamily.UNIX) { // where it would let two programs share the port (LIS-2)
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        }
        if (listening.reusePort()) {
            reusePort(opened);
        }
        opened.bind(address, backlog);
        binding.watchFor(this);
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
        binding.want(SelectionKey.OP_ACCEPT, on);
    }

    @Override
    protected @Nullable Accepted accept() throws IOException {
        SocketChannel accepted = binding.channel().accept();
        return accepted == null ? null : new NioAccepted(accepted, listening.limits());
    }

    @Override
    protected boolean refuse() throws IOException {
        SocketChannel accepted = binding.channel().accept();
        if (accepted == null) {
            return false;
        }
        accepted.close();
        return true;
    }

    @Override
    protected void unwatch() throws IOException {
        binding.unwatch();
    }

    @Override
    protected void close() {
        binding.close();
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
