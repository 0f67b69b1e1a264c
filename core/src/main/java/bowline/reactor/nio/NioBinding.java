package bowline.reactor.nio;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/// The channel of a port from its opening to its closing, and what is wanted of it.
final class NioBinding<C extends SelectableChannel> {
    private static final Logger log = Logger.of(Reactor.class);

    private final SelectorHost host;
    private @Nullable C channel;
    private @Nullable SelectionKey key;

    NioBinding(SelectorHost host) {
        this.host = host;
    }

    /// From here on [#close] closes it.
    void opened(C itsChannel) {
        channel = itsChannel;
    }

    /// Shows it to the selector, with nothing wanted yet.
    void watchFor(NioHandler handler) throws IOException {
        C bound = channel();
        bound.configureBlocking(false);
        key = bound.register(host.selector(), 0, handler);
    }

    /// The channel.
    ///
    /// @throws ClosedChannelException if there is none
    C channel() throws ClosedChannelException {
        if (channel == null) {
            throw new ClosedChannelException();
        }
        return channel;
    }

    /// Has the handler called when the channel is ready for this operation, or not.
    void want(int operation, boolean on) {
        if (key != null && key.isValid()) {
            key.interestOps(on ? operation : 0);
            host.changed();
        }
    }

    /// Takes it from the selector. A cancelled key is forgotten by the next select; this one looks and takes
    /// nothing.
    void unwatch() throws IOException {
        if (key != null) {
            key.cancel();
            key = null;
            host.selector().selectNow(_ -> {});
        }
    }

    void close() {
        try {
            if (channel != null) {
                channel.close();
                host.changed();
            }
        } catch (IOException broken) {
            log.failure("closing a port failed", Failure.of(broken));
        }
        channel = null;
        key = null;
    }
}
