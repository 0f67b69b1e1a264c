package bowline.reactor.nio;

import bowline.reactor.Descriptor;
import bowline.reactor.loop.Watch;
import bowline.reactor.loop.Watches;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// One channel that the program brought, in a selector.
final class NioWatch extends Watch implements NioHandler {
    private static final int READING = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;

    private final SelectorHost host;
    private final SelectableChannel channel;
    private @Nullable SelectionKey key;
    private boolean forgotten;

    private NioWatch(SelectorHost host, SelectableChannel channel) {
        super(host::enter);
        this.host = host;
        this.channel = channel;
    }

    /// Those in the selector of `host`.
    static Watches in(SelectorHost host) {
        return new Watches(
                descriptor -> descriptor.fileno() == Descriptor.NO_FILENO ? descriptor.channel() : descriptor,
                descriptor -> of(descriptor, host));
    }

    private static NioWatch of(Descriptor descriptor, SelectorHost host) {
        if (descriptor.fileno() != Descriptor.NO_FILENO) {
            throw new UnsupportedOperationException("this reactor watches channels, and " + descriptor.logPrefix()
                    + " brings the plain descriptor " + descriptor.fileno()
                    + "; on Linux the reactors epoll and uring of bowline-linux watch it");
        }
        SelectableChannel channel = descriptor.channel();
        if (channel.isBlocking()) {
            throw new IllegalArgumentException(
                    "the channel of " + descriptor.logPrefix() + " blocks; call configureBlocking(false) first");
        }
        return new NioWatch(host, channel);
    }

    @Override
    protected boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    protected void forget() {
        forgotten = true;
        if (key != null) {
            key.cancel();
            key = null;
        }
    }

    /// A channel that was forgotten a moment ago still has its cancelled key, so it is registered again once a
    /// select has cleared that away.
    @Override
    protected void update() {
        if (forgotten) {
            return;
        }
        try {
            if (key == null || !key.isValid()) {
                key = channel.register(host.selector(), wanted(), this);
            } else {
                key.interestOps(wanted());
            }
        } catch (CancelledKeyException notYetForgotten) {
            host.afterSelect(this::update);
        } catch (ClosedChannelException closed) {
            // The sweep after this turn's wait tells the descriptor (FDS-6).
            key = null;
        }
    }

    private int wanted() {
        int reading = reader() == null ? 0 : READING;
        int writing = writer() == null ? 0 : isConnecting() ? SelectionKey.OP_CONNECT : SelectionKey.OP_WRITE;
        return (reading | writing) & channel.validOps();
    }

    private boolean isConnecting() {
        return channel instanceof SocketChannel socket && socket.isConnectionPending();
    }

    @Override
    public void ready(SelectionKey ready, int operations) {
        ready((operations & READING) != 0, (operations & ~READING) != 0);
        if (writer() != null && channel.isOpen()) {
            update(); // a connecting channel may have connected meanwhile
        }
    }
}
