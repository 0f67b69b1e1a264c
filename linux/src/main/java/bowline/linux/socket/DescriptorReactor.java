package bowline.linux.socket;

import bowline.failure.Failure;
import bowline.linux.system.DatagramSockets;
import bowline.linux.system.FilePipe;
import bowline.linux.system.ReceivedDatagrams;
import bowline.linux.system.SentDatagrams;
import bowline.linux.system.SocketAddressCodec;
import bowline.linux.system.Sockets;
import bowline.linux.system.SystemCalls;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.ConnectionLost;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.TransportLimits;
import bowline.reactor.DatagramOptions;
import bowline.reactor.Descriptor;
import bowline.reactor.DescriptorChannel;
import bowline.reactor.InheritedPorts;
import bowline.reactor.OpenPort;
import bowline.reactor.PortHandover;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorHost;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.WriteDescriptor;
import bowline.reactor.loop.Adoption;
import bowline.reactor.loop.Attempt;
import bowline.reactor.loop.DatagramPort;
import bowline.reactor.loop.Listening;
import bowline.reactor.loop.Loop;
import bowline.reactor.loop.Platform;
import bowline.reactor.loop.StreamConnection;
import bowline.reactor.loop.StreamPort;
import bowline.reactor.loop.UnixPacketPort;
import bowline.reactor.loop.UnixPackets;
import bowline.reactor.nio.ChannelsBeside;
import bowline.systemd.NotifySocket;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A reactor that owns its descriptors: all but the waiting, which a backend adds.
@SuppressWarnings("this-escape") // parts are given the reactor while it is made, and use it when it runs
public abstract class DescriptorReactor extends Loop implements NotifySocket, PortHandover {
    private static final Logger log = Logger.of(Reactor.class);

    /// Parts of files below this are copied: that is cheaper than two more system calls.
    private static final int PIPED_MIN_BYTES = 32_768;

    private static final Cleaner FORGOTTEN = Cleaner.create();

    private final SystemCalls system = new SystemCalls();
    private final Sockets sockets = new Sockets(system);
    private final PlainDescriptors plain = new PlainDescriptors(this, this::swapContext);
    private final ChannelsBeside channels = new ChannelsBeside(this, this::soon, this::swapContext);
    private final SocketHandover handover = new SocketHandover(this);

    // Made when there is a port of datagrams, for they hold much memory
    private @Nullable DatagramSockets datagrams;
    private @Nullable ReceivedDatagrams receivedDatagrams;
    private @Nullable SentDatagrams answers;

    /// Made when the first file is sent.
    private @Nullable FilePipe filePipe;

    /// @param host runs the callbacks; null for the thread that calls `run()`
    protected DescriptorReactor(@Nullable ReactorHost host) {
        super(Platform.SYSTEM, host);
    }

    // What a backend adds

    /// Where descriptors are watched.
    public abstract Poller poller();

    /// Those who care about some.
    protected abstract List<DescriptorHandler> handlers();

    /// A connection on a socket that nobody watches yet.
    protected StreamConnection connection(
            int descriptor, SocketAddress local, SocketAddress remote, TransportLimits limits) {
        SocketConnection connection = remote instanceof InetSocketAddress
                ? new SocketTcpConnection(this, descriptor, local, remote, limits)
                : new SocketUnixConnection(this, descriptor, local, remote, limits);
        poller().own(descriptor, connection);
        return connection;
    }

    /// Changes for which events a connection is watched; see [Poller#watch].
    protected void watchStream(int descriptor, int before, int wanted) throws IOException {
        poller().watch(descriptor, before, wanted);
    }

    /// Reads what has come on a connection.
    ///
    /// @return how many bytes; 0 when there are none yet, -1 at the end
    protected int receive(int descriptor, ByteBuffer into) throws IOException {
        return sockets.receive(descriptor, into);
    }

    /// Leaves bytes of a connection to be sent before the wait, and tells it what became of them.
    ///
    /// @return false if they are to be sent at once
    protected boolean post(SocketConnection sender, int descriptor, ByteBuffer bytes) throws IOException {
        return false;
    }

    /// Has all that was posted sent now.
    ///
    /// @return whether the senders were told what became of it
    protected boolean settle() throws IOException {
        return true;
    }

    /// Has all that was posted sent now, without telling.
    protected void unpost() {
        // nothing was posted
    }

    /// Changes whether those are wanted who wait at a port.
    protected void watchPort(int descriptor, boolean before, boolean wanted) throws IOException {
        poller().watch(descriptor, before ? Poller.IN : 0, wanted ? Poller.IN : 0);
    }

    /// The same, when the port is to be left for good: what was accepted already is still to be had.
    protected void leavePort(int descriptor, boolean watched) throws IOException {
        watchPort(descriptor, watched, false);
    }

    /// Takes a connection that waits; its peer is then the sockets' last address.
    ///
    /// @return its descriptor, or -1 when none waits
    protected int accept(int descriptor) throws IOException {
        return sockets.accept(descriptor);
    }

    /// Lets a descriptor go that was owned.
    public void close(int descriptor) {
        poller().disown(descriptor);
        sockets.close(descriptor);
    }

    /// Has `free` run once: when the backend asks for it, or when a reactor is forgotten that never ran to its end.
    ///
    /// @param free knows nothing of the reactor, which could not be forgotten otherwise
    public final Cleaner.Cleanable freedInTheEnd(Runnable free) {
        return FORGOTTEN.register(this, free);
    }

    /// To be called after each wait.
    protected final void waited() {
        channels.sweep();
        plain.sweep();
        Thread.interrupted(); // means nothing here, and would end what the program waits for next
    }

    /// Calls a handler whose descriptor is ready.
    protected final void dispatch(DescriptorHandler handler, int events) {
        handlerBegins();
        handler.ready(events);
        handlerDone(handler);
    }

    // What all have

    /// The system calls of the reactor's own thread.
    public final SystemCalls system() {
        return system;
    }

    /// The sockets of the reactor's own thread.
    protected final Sockets sockets() {
        return sockets;
    }

    /// Sends what a socket takes of a part of a file.
    ///
    /// @return how many bytes; 0 also when the file has none there
    final long sendFile(FileChannel file, long position, long count, int socket) throws IOException {
        if (count < PIPED_MIN_BYTES) {
            return sockets.sendFrom(file, position, count, socket);
        }
        FilePipe pipe = filePipe;
        if (pipe == null || !pipe.isOpen()) {
            try {
                pipe = FilePipe.open(system);
                filePipe = pipe;
            } catch (IOException none) {
                log.debug("a file is copied to be sent: {reason}", none);
                return sockets.sendFrom(file, position, count, socket);
            }
        }
        return pipe.send(file, position, count, socket);
    }

    /// What else sockets of datagrams can.
    final DatagramSockets datagrams() {
        if (datagrams == null) {
            datagrams = new DatagramSockets(system, sockets);
        }
        return datagrams;
    }

    /// What the port that is being read has received.
    final ReceivedDatagrams receivedDatagrams() {
        if (receivedDatagrams == null) {
            receivedDatagrams = new ReceivedDatagrams(system);
        }
        return receivedDatagrams;
    }

    /// What the port that is being read has written meanwhile.
    final SentDatagrams answers() {
        if (answers == null) {
            answers = new SentDatagrams(system);
        }
        return answers;
    }

    /// Calls `step` when this turn's I/O is done.
    final void atEndOfTurn(Runnable step) {
        soon(step);
    }

    @Override
    protected final void disconnectAll(Failure reason) {
        handlers().forEach(handler -> handler.disconnected(reason));
        channels.disconnectAll(reason);
    }

    @Override
    protected void dispose() {
        channels.close();
        plain.close();
        FilePipe unused = filePipe;
        filePipe = null;
        if (unused != null) {
            try {
                unused.close();
            } catch (IOException broken) {
                log.debug("a pipe for files was not closed: {reason}", broken);
            }
        }
    }

    @Override
    protected StreamPort port(Listening listening) {
        return new SocketPort(this, listening);
    }

    @Override
    protected final Adoption adoption() {
        return new SocketAdoption(this);
    }

    @Override
    protected final Runnable dial(SocketAddress remote, Attempt attempt) throws IOException {
        return SocketDial.begin(this, remote, attempt);
    }

    @Override
    protected final boolean knowsAbstractNames() {
        return true;
    }

    @Override
    protected DatagramPort datagramPort(InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options) {
        return new SocketDatagramPort(this, where, protocol, options);
    }

    @Override
    protected final boolean hasRawDatagrams() {
        return true;
    }

    @Override
    protected final UnixPacketPort unixPacketPort(UnixPackets wanted) {
        return new SocketUnixDatagramPort(this, wanted);
    }

    @Override
    protected final DatagramPort datagramPort(
            DatagramChannel channel, InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options) {
        return channels.adopt(channel, where, protocol, options);
    }

    @Override
    protected final Closeable reserve() throws IOException {
        int spare = sockets.open(Sockets.INET, Sockets.STREAM);
        return () -> sockets.close(spare);
    }

    // Handing ports from process to process

    final SocketHandover handover() {
        return handover;
    }

    @Override
    protected final boolean inherits(SocketAddress address) {
        return handover.has(SocketHandover.name("tcp", address));
    }

    @Override
    public final void inherit(InheritedPorts ports) {
        check("PortHandover.inherit");
        handover.inherit(ports);
    }

    @Override
    public final List<OpenPort> openPorts() throws IOException {
        check("PortHandover.openPorts");
        return handover.openPorts();
    }

    @Override
    public final Map<Integer, Integer> startedWith() {
        check("PortHandover.startedWith");
        return handover.startedWith();
    }

    @Override
    public final void handedOver(long pid) {
        check("PortHandover.handedOver");
        handover.handedOver(pid);
    }

    @Override
    public final void answer(int descriptor, ByteBuffer bytes) throws IOException {
        check("PortHandover.answer");
        handover.answer(descriptor, bytes);
    }

    @Override
    public final void release(int descriptor) {
        check("PortHandover.release");
        sockets.close(descriptor);
    }

    @Override
    public final boolean notify(Address.Unix receiver, ByteBuffer datagram) throws IOException {
        check("NotifySocket.notify");
        int socket = sockets.open(Sockets.UNIX, Sockets.DATAGRAM);
        try {
            return datagrams().send(socket, datagram, Sockets.UNIX, SocketAddressCodec.unix(receiver));
        } finally {
            sockets.close(socket);
        }
    }

    /// A connection cannot go on; not from inside a call of its own.
    final void failLater(StreamConnection connection, IOException cause) {
        soon(() -> connection.disconnected(Failure.of(new ConnectionLost(
                "the system does not watch the connection: " + Failure.of(cause).message(), cause))));
    }

    @Override
    public final List<Object> openChannels() {
        check("Reactor.openChannels");
        var open = new ArrayList<Object>(handedPorts());
        open.addAll(handlers());
        open.addAll(channels.open());
        return open;
    }

    // Channels and descriptors of the program's own (section 16)

    @Override
    public final DescriptorChannel descriptorChannel(int descriptor) {
        check("Reactor.descriptorChannel");
        return plain.channel(descriptor);
    }

    private static boolean isPlain(Descriptor descriptor) {
        return descriptor.fileno() != Descriptor.NO_FILENO;
    }

    @Override
    public final void addReader(ReadDescriptor reader) {
        check("Reactor.addReader");
        if (isPlain(reader)) {
            plain.watches().addReader(reader);
        } else {
            channels.addReader(reader);
        }
    }

    @Override
    public final void removeReader(ReadDescriptor reader) {
        check("Reactor.removeReader");
        if (isPlain(reader)) {
            plain.watches().removeReader(reader);
        } else {
            channels.removeReader(reader);
        }
    }

    @Override
    public final void addWriter(WriteDescriptor writer) {
        check("Reactor.addWriter");
        if (isPlain(writer)) {
            plain.watches().addWriter(writer);
        } else {
            channels.addWriter(writer);
        }
    }

    @Override
    public final void removeWriter(WriteDescriptor writer) {
        check("Reactor.removeWriter");
        if (isPlain(writer)) {
            plain.watches().removeWriter(writer);
        } else {
            channels.removeWriter(writer);
        }
    }

    @Override
    public final List<ReadDescriptor> readers() {
        return both(plain.watches().readers(), channels.readers());
    }

    @Override
    public final List<WriteDescriptor> writers() {
        return both(plain.watches().writers(), channels.writers());
    }

    @Override
    public final List<Descriptor> removeAll() {
        check("Reactor.removeAll");
        return both(plain.watches().removeAll(), channels.removeAll());
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
