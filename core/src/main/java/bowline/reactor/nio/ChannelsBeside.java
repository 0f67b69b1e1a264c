package bowline.reactor.nio;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.Logger;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Descriptor;
import bowline.reactor.Reactor;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.WriteDescriptor;
import bowline.reactor.loop.DatagramPort;
import bowline.reactor.loop.Loop;
import bowline.reactor.loop.Watches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// For reactors that wait for descriptors: channels of the JDK's, whose descriptors are not to be had. A thread beside
/// the reactor waits for them in a selector and has the reactor do the rest; it calls nothing itself.
///
///     thread: select ──▶ callFromThread ──▶ reactor: selectNow, doRead, doWrite ──▶ thread: select …
///
/// Thread and selector come with the first channel. Everything here is for the reactor's own thread.
public final class ChannelsBeside implements SelectorHost {
    private static final Logger log = Logger.of(Reactor.class);

    private final Loop loop;
    private final Consumer<Runnable> soon;
    private final UnaryOperator<LogContext> enter;
    private final Watches watches = NioWatch.in(this);
    private final Semaphore handled = new Semaphore(0);
    private @Nullable Selector selector;
    private boolean handling;

    /// None yet.
    ///
    /// @param soon has a step called later in the turn, or in the next
    /// @param enter puts a context in force, and answers the former one
    public ChannelsBeside(Loop loop, Consumer<Runnable> soon, UnaryOperator<LogContext> enter) {
        this.loop = loop;
        this.soon = soon;
        this.enter = enter;
    }

    // Waiting beside

    @Override
    public Selector selector() {
        if (selector == null) {
            selector = openSelector();
            Selector waited = selector;
            Thread.ofPlatform().daemon().name("bowline-channels").start(() -> waitBeside(waited));
        }
        return selector;
    }

    private static Selector openSelector() {
        try {
            return Selector.open();
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot open a selector; is the limit of open files reached?", impossible);
        }
    }

    private void waitBeside(Selector waited) {
        try {
            while (waited.isOpen()) {
                waited.select(_ -> {}); // looks at keys and takes none
                loop.callFromThread(this::handle);
                handled.acquireUninterruptibly();
            }
        } catch (ClosedSelectorException over) {
            // the reactor has ended
        } catch (IOException broken) {
            log.failure("channels are not watched any more", Failure.of(broken));
        }
    }

    private void handle() {
        Selector present = selector;
        if (present == null || !present.isOpen()) {
            return;
        }
        handling = true;
        try {
            var ready = new ArrayList<SelectionKey>(); // called outside of the selector's monitors, as NioReactor does
            present.selectNow(ready::add);
            ready.forEach(this::dispatch);
        } catch (IOException broken) {
            log.failure("channels cannot be looked at", Failure.of(broken));
        } finally {
            handling = false;
            handled.release();
        }
    }

    private void dispatch(SelectionKey key) {
        if (key.isValid()) { // a handler before this one may have closed the channel (LOP-4)
            ((NioHandler) key.attachment()).ready(key, key.readyOps());
        }
    }

    /// A wait that has begun does not know of it.
    @Override
    public void changed() {
        if (selector != null && !handling) {
            selector.wakeup();
        }
    }

    @Override
    public void afterSelect(Runnable step) {
        changed();
        soon.accept(() -> {
            step.run();
            changed();
        });
    }

    @Override
    public LogContext enter(LogContext context) {
        return enter.apply(context);
    }

    /// To be called after each wait of the reactor.
    public void sweep() {
        if (!watches.isEmpty()) {
            watches.sweep();
            if (watches.isEmpty()) {
                changed(); // closed channels are let go by the next select
            }
        }
    }

    /// The reactor ends, for this reason.
    public void disconnectAll(Failure reason) {
        for (Object channel : open()) {
            ((NioHandler) channel).disconnected(reason);
        }
    }

    /// What watches channels now.
    public List<Object> open() {
        var open = new ArrayList<Object>();
        if (selector != null && selector.isOpen()) {
            for (SelectionKey key : selector.keys()) {
                if (key.isValid() && key.attachment() != null) {
                    open.add(key.attachment());
                }
            }
        }
        return open;
    }

    /// A UDP port on a channel that is bound already.
    public DatagramPort adopt(
            DatagramChannel channel, InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options) {
        return new NioDatagramPort(loop, this, channel, where, protocol, options);
    }

    /// The reactor does not run any more.
    public void close() {
        Selector present = selector;
        if (present == null) {
            return;
        }
        try {
            present.close();
        } catch (IOException broken) {
            log.failure("the selector beside could not be closed", Failure.of(broken));
        }
        handled.release();
    }

    // Doors

    /// See [Reactor#addReader].
    public void addReader(ReadDescriptor reader) {
        watches.addReader(reader);
        changed();
    }

    /// See [Reactor#removeReader].
    public void removeReader(ReadDescriptor reader) {
        watches.removeReader(reader);
        changed();
    }

    /// See [Reactor#addWriter].
    public void addWriter(WriteDescriptor writer) {
        watches.addWriter(writer);
        changed();
    }

    /// See [Reactor#removeWriter].
    public void removeWriter(WriteDescriptor writer) {
        watches.removeWriter(writer);
        changed();
    }

    /// Who wants to read.
    public List<ReadDescriptor> readers() {
        return watches.readers();
    }

    /// Who wants to write.
    public List<WriteDescriptor> writers() {
        return watches.writers();
    }

    /// Takes all descriptors out, and answers them.
    public List<Descriptor> removeAll() {
        List<Descriptor> removed = watches.removeAll();
        changed();
        return removed;
    }
}
