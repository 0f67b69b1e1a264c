package bowline.examples;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Connector;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import bowline.service.UsageError;
import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Fetches poems into a window, on a reactor that runs on Swing's event thread (seed P30): what comes from the network
/// may change the window, and what the user does may change connections, without a lock or a queue between them.
///
///     ./bowline example poetry-gui [HOST:]PORT ...
public final class PoetryGui {
    private final Reactor reactor;
    private final List<PoetryAddress> addresses;
    private final List<Deferred<String>> downloads = new ArrayList<>();
    private final PoetryWindow window;

    private PoetryGui(Reactor reactor, List<PoetryAddress> addresses) {
        this.reactor = reactor;
        this.addresses = addresses;
        this.window = new PoetryWindow(addresses, this::cancel, reactor::stop);
    }

    /// Shows the poems as they come, until the window is closed.
    ///
    /// @throws UsageError if there is no display
    public static void main(String... args) {
        List<PoetryAddress> addresses = PoetryAddress.parse("poetry-gui", args);
        requireDisplay();
        Reactor reactor = Reactor.create("swing");
        reactor.callWhenRunning(() -> open(reactor, addresses)); // on Swing's event thread, as all that follows
        reactor.run();
    }

    private static void requireDisplay() {
        try {
            if (!GraphicsEnvironment.isHeadless()) {
                GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
                return;
            }
        } catch (AWTError unreachable) {
            // as good as none
        }
        throw new UsageError("there is no display to open a window on", "set DISPLAY, or use poetry-deferred");
    }

    /// Opens the window and begins every download.
    static PoetryWindow open(Reactor reactor, List<PoetryAddress> addresses) {
        var gui = new PoetryGui(reactor, addresses);
        gui.window.open();
        gui.addresses.forEach(gui::download);
        return gui.window;
    }

    private void download(PoetryAddress address) {
        PoetryWindow.Row row = window.row(downloads.size());
        Deferred<String> poem = getPoetry(reactor, address, row::received);
        downloads.add(poem);
        poem.<@Nullable Void>addCallbacks(
                text -> {
                    row.finished(text);
                    return null;
                },
                failure -> {
                    if (failure.check(CancelledError.class) != null) {
                        row.cancelled();
                    } else {
                        row.failed(failure.message());
                    }
                    return null;
                });
    }

    private void cancel() {
        downloads.forEach(Deferred::cancel);
    }

    /// A poem, once it is there. Cancelling hangs up.
    ///
    /// @param progress told how many bytes there are, whenever there are more
    static Deferred<String> getPoetry(Reactor reactor, PoetryAddress address, IntConsumer progress) {
        var factory = new PoemFactory(progress);
        factory.connector = reactor.connectTcp(address.host(), address.port(), factory);
        return factory.poem;
    }

    private static final class PoemFactory extends ClientFactory<Protocol> {
        private final Deferred<String> poem = new Deferred<>(_ -> hangUp());
        private final IntConsumer progress;
        private @Nullable Connector connector;
        private boolean hungUp;

        PoemFactory(IntConsumer progress) {
            this.progress = progress;
        }

        @Override
        public Protocol buildProtocol(Address peer) {
            return new PoemProtocol(this);
        }

        @Override
        public void clientConnectionFailed(Connector failed, Failure reason) {
            if (!hungUp) {
                poem.errback(reason);
            }
        }

        /// A connection that breaks leaves half a poem: that is no success.
        void ended(String text, Failure reason) {
            if (hungUp) {
                return;
            }
            if (reason.check(ConnectionDone.class) == null) {
                poem.errback(reason);
            } else {
                poem.callback(text);
            }
        }

        private void hangUp() {
            hungUp = true;
            if (connector != null) {
                connector.disconnect();
            }
        }
    }

    private static final class PoemProtocol extends Protocol {
        private final PoemFactory poem;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        PoemProtocol(PoemFactory poem) {
            this.poem = poem;
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            byte[] piece = new byte[unread.remaining()];
            unread.get(piece);
            received.writeBytes(piece);
            poem.progress.accept(received.size());
        }

        @Override
        public void connectionLost(Failure reason) {
            poem.ended(received.toString(StandardCharsets.UTF_8), reason);
        }
    }
}
