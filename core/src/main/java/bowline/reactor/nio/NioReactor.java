package bowline.reactor.nio;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.Logger;
import bowline.protocol.DatagramProtocol;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Descriptor;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorHost;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.WriteDescriptor;
import bowline.reactor.loop.Attempt;
import bowline.reactor.loop.DatagramPort;
import bowline.reactor.loop.Listening;
import bowline.reactor.loop.Loop;
import bowline.reactor.loop.Platform;
import bowline.reactor.loop.StreamPort;
import bowline.reactor.loop.Watches;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A reactor that waits in a [Selector].
///
/// What is ready is collected by the selector's `select(Consumer, …)`, which spares the set of selected keys. Handlers
/// are called when that has returned: it holds monitors, and a coroutine that goes on inside a monitor takes it along
/// when it waits again, for a virtual thread's locks go with it. A closed channel's descriptor is let go when the next
/// select begins.
final class NioReactor extends Loop implements SelectorHost {
    private static final Logger log = Logger.of(Reactor.class);
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Selector selector;
    private final Watches watches = NioWatch.in(this);
    private final List<SelectionKey> ready = new ArrayList<>();
    private final Consumer<SelectionKey> collect = ready::add;

    NioReactor() {
        this(null);
    }

    /// @param host runs the callbacks; null for the thread that calls `run()`
    NioReactor(@Nullable ReactorHost host) {
        super(Platform.SYSTEM, host);
        try {
            selector = Selector.open();
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot open a selector; is the limit of open files reached?", impossible);
        }
    }

    @Override
    protected void poll(long waitNanos) throws IOException {
        if (waitNanos == 0) {
            selector.selectNow(collect);
        } else {
            selector.select(collect, millis(waitNanos));
        }
        try {
            ready.forEach(this::dispatch);
        } finally {
            ready.clear();
        }
        watches.sweep();
        forgetInterrupt();
    }

    /// Keys are looked at, not taken: the selector finds them again for [#poll].
    @Override
    protected void await(long waitNanos) throws IOException {
        selector.select(_ -> {}, millis(waitNanos));
        forgetInterrupt();
    }

    /// Rounded up: the selector knows milliseconds only, and a call must not be early.
    private static long millis(long nanos) {
        return (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    }

    private static void forgetInterrupt() {
        if (Thread.interrupted()) {
            // A pending interrupt would end every coming wait at once.
            log.debug("the reactor's thread was interrupted; use stop() to end it");
        }
    }

    private void dispatch(SelectionKey key) {
        // A handler before this one may have closed the channel (LOP-4).
        if (key.isValid()) {
            handlerBegins();
            NioHandler handler = (NioHandler) key.attachment();
            handler.ready(key, key.readyOps());
            handlerDone(handler);
        }
    }

    @Override
    protected void wake() {
        selector.wakeup();
    }

    @Override
    protected void disconnectAll(Failure reason) {
        for (SelectionKey key : new ArrayList<>(selector.keys())) {
            if (key.isValid()) {
                ((NioHandler) key.attachment()).disconnected(reason);
            }
        }
    }

    @Override
    protected void dispose() {
        try {
            selector.close();
        } catch (IOException broken) {
            log.failure("the selector could not be closed", Failure.of(broken));
        }
    }

    @Override
    public Selector selector() {
        return selector;
    }

    @Override
    public void afterSelect(Runnable step) {
        soon(step);
    }

    @Override
    public void changed() {
        // The next wait sees it.
    }

    @Override
    public LogContext enter(LogContext context) {
        return swapContext(context);
    }

    @Override
    protected StreamPort port(Listening listening) {
        return new NioPort(this, listening);
    }

    @Override
    protected DatagramPort datagramPort(InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options) {
        return new NioDatagramPort(this, this, null, where, protocol, options);
    }

    @Override
    protected DatagramPort datagramPort(
            DatagramChannel channel, InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options) {
        return new NioDatagramPort(this, this, channel, where, protocol, options);
    }

    @Override
    protected Runnable dial(SocketAddress remote, Attempt attempt) throws IOException {
        return NioDial.begin(this, remote, attempt);
    }

    @Override
    protected Closeable reserve() throws IOException {
        return SocketChannel.open();
    }

    @Override
    public List<Object> openChannels() {
        check("Reactor.openChannels");
        var open = new ArrayList<Object>(handedPorts());
        for (SelectionKey key : selector.keys()) {
            Object handler = key.attachment();
            if (key.isValid() && handler != null) {
                open.add(handler);
            }
        }
        return open;
    }

    // Channels of the program's own (section 16)

    @Override
    public void addReader(ReadDescriptor reader) {
        check("Reactor.addReader");
        watches.addReader(reader);
    }

    @Override
    public void removeReader(ReadDescriptor reader) {
        check("Reactor.removeReader");
        watches.removeReader(reader);
    }

    @Override
    public void addWriter(WriteDescriptor writer) {
        check("Reactor.addWriter");
        watches.addWriter(writer);
    }

    @Override
    public void removeWriter(WriteDescriptor writer) {
        check("Reactor.removeWriter");
        watches.removeWriter(writer);
    }

    @Override
    public List<ReadDescriptor> readers() {
        return watches.readers();
    }

    @Override
    public List<WriteDescriptor> writers() {
        return watches.writers();
    }

    @Override
    public List<Descriptor> removeAll() {
        check("Reactor.removeAll");
        return watches.removeAll();
    }
}
