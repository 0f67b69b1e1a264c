package bowline.linux.device;

import bowline.defer.Deferred;
import bowline.device.TunnelOptions;
import bowline.device.TunnelOptions.Layer;
import bowline.device.TunnelPort;
import bowline.failure.Failure;
import bowline.linux.socket.DescriptorHandler;
import bowline.linux.socket.DescriptorReactor;
import bowline.linux.socket.Poller;
import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.OpenFlags;
import bowline.log.LogContext;
import bowline.log.LogPrefixed;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.AlreadyConnected;
import bowline.protocol.CannotListenError;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.MessageLengthError;
import bowline.reactor.Reactor;
import bowline.reactor.loop.PortClosing;
import bowline.time.Action;
import bowline.time.Clock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A network interface that we are the wire of (the kernel's `tuntap.rst`).
final class TunnelDevice implements TunnelPort, DescriptorHandler, LogPrefixed {
    private static final Logger log = Logger.of(Reactor.class);
    private static final String CLONE_DEVICE = "/dev/net/tun";

    private static final int NONE = -1;

    // TUNSETIFF, and its struct ifreq: a name, and flags behind it
    private static final long SET_INTERFACE = 0x400454CAL;
    private static final int REQUEST_BYTES = 40;
    private static final int NAME_BYTES = 16;
    private static final int TUN = 1;
    private static final int TAP = 2;
    private static final int NO_PACKET_INFORMATION = 0x1000;

    /// Most bytes and packets read before others have their turn (as UDP-3 has it).
    private static final int READ_MAX_BYTES = 262_144;

    private static final int READ_MAX_PACKETS = 1000;
    private static final int PACKET_MAX_BYTES = 65_535;

    private final DescriptorReactor reactor;
    private final TunnelOptions options;
    private final DatagramProtocol protocol;
    private final ByteBuffer received;
    private final ByteBuffer sent = ByteBuffer.allocateDirect(PACKET_MAX_BYTES);
    private final LogContext context = LogContext.of(this);
    private final PortClosing closing;
    private int descriptor = NONE;
    private String name;
    private long dropped;
    private boolean troubleTold;

    TunnelDevice(DescriptorReactor reactor, TunnelOptions options, DatagramProtocol protocol) {
        this.reactor = reactor;
        this.options = options;
        this.protocol = protocol;
        name = options.name();
        received = ByteBuffer.allocateDirect(options.maxPacketSize());
        closing = new PortClosing(reactor, context, this::lastWords);
    }

    // Life

    @Override
    public void startListening() {
        reactor.check("TunnelPort.startListening");
        if (listening()) {
            return;
        }
        try {
            open();
        } catch (IOException refused) {
            close();
            throw new CannotListenError(
                    options.name().isEmpty() ? "a tunnel" : "the tunnel " + options.name(),
                    Failure.of(refused).message(),
                    refused);
        }
        log.info("{protocol} starting on {tunnel}", protocol.logPrefix(), name);
        try {
            protocol.makeConnection(this);
        } catch (RuntimeException thrown) {
            close();
            throw thrown;
        }
    }

    private void open() throws IOException {
        long opened =
                reactor.system().open(CLONE_DEVICE, OpenFlags.READ_WRITE | OpenFlags.NONBLOCK | OpenFlags.CLOEXEC);
        if (opened < 0) {
            throw new IOException(CLONE_DEVICE + ": " + Errno.text(opened)
                    + "; is the kernel's module tun there (modprobe tun), and are we allowed to use it?");
        }
        descriptor = (int) opened;
        reactor.poller().own(descriptor, this);
        try (Arena arena = Arena.ofConfined()) {
            name = makeInterface(arena);
        }
        reactor.poller().watch(descriptor, 0, Poller.IN);
    }

    /// @return what it is called
    private String makeInterface(Arena arena) throws IOException {
        long request = Memory.allocate(arena, REQUEST_BYTES);
        byte[] wanted = options.name().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < wanted.length; i++) {
            Memory.putByte(request + i, wanted[i]);
        }
        int kind = options.layer() == Layer.IP ? TUN : TAP;
        Memory.putShort(request + NAME_BYTES, kind | NO_PACKET_INFORMATION);
        long result = reactor.system().control(descriptor, SET_INTERFACE, request);
        if (result < 0) {
            throw new IOException(Errno.text(result) + advice(result));
        }
        byte[] got = new byte[NAME_BYTES];
        Memory.get(request, got);
        return new String(got, StandardCharsets.UTF_8).replace("\0", "");
    }

    private static String advice(long result) {
        if (Errno.EPERM.is(result)) {
            return "; it needs the privilege CAP_NET_ADMIN";
        }
        return Errno.EBUSY.is(result) ? "; another program has it open" : "";
    }

    private boolean listening() {
        return descriptor != NONE;
    }

    @Override
    public Deferred<@Nullable Void> stopListening() {
        reactor.check("TunnelPort.stopListening");
        return closing.ask(listening(), () -> {
            close();
            closing.finishSoon();
        });
    }

    private void close() {
        int open = descriptor;
        descriptor = NONE;
        if (open != NONE) {
            reactor.close(open);
        }
    }

    private void lastWords() {
        log.info("(Tunnel {tunnel} Closed)", name);
        protocol.doStop();
    }

    @Override
    public void disconnected(Failure reason) {
        if (listening()) {
            close();
            closing.finish();
        }
    }

    // Reading

    @Override
    public void ready(int events) {
        int bytes = 0;
        for (int count = 0; listening() && count < READ_MAX_PACKETS && bytes < READ_MAX_BYTES; count++) {
            long length =
                    reactor.system().read(descriptor, Memory.addressOf(received.clear()), options.maxPacketSize());
            if (length < 0) {
                judge(length);
                return;
            }
            bytes += (int) length;
            received.order(ByteOrder.BIG_ENDIAN).limit((int) length); // the protocol may have changed the order
            call(() -> protocol.datagramReceived(received, host()));
        }
    }

    private void judge(long result) {
        if (!Errno.EAGAIN.is(result)) {
            log.warn("the tunnel {tunnel} is closed, for it cannot be read: {reason}", name, Errno.text(result));
            var _ = stopListening();
        }
    }

    /// What escapes is logged, and the tunnel goes on (UDP-2).
    private void call(Action callback) {
        try {
            context.call(() -> {
                callback.run();
                return null;
            });
        } catch (Throwable thrown) {
            log.failure("Unhandled Error", Failure.of(thrown));
        }
    }

    // Writing

    @Override
    public void write(ByteBuffer bytes, Address address) {
        if (!address.equals(host())) {
            throw new IllegalArgumentException(
                    "a tunnel has one peer, " + host() + "; where a packet goes stands in it, not in " + address);
        }
        write(bytes);
    }

    @Override
    public void write(ByteBuffer bytes) {
        reactor.check("DatagramTransport.write");
        int length = bytes.remaining();
        if (length > PACKET_MAX_BYTES) {
            throw new MessageLengthError(length, null);
        }
        if (listening()) {
            sent.clear().put(bytes);
            told(reactor.system().write(descriptor, Memory.addressOf(sent.clear()), length));
        }
        bytes.position(bytes.limit());
    }

    private void told(long result) {
        if (result >= 0) {
            return;
        }
        dropped++;
        if (!troubleTold && !Errno.EAGAIN.is(result)) {
            troubleTold = true;
            log.info(
                    "dropped a packet to {tunnel}: {reason}; is the interface up, and is it a packet? Further ones are"
                            + " only counted",
                    name,
                    Errno.text(result));
        }
    }

    @Override
    public long droppedDatagrams() {
        return dropped;
    }

    // Looking

    @Override
    public String interfaceName() {
        return name;
    }

    @Override
    public Address host() {
        return new Address.Device(name);
    }

    @Override
    public Address connectedTo() {
        return host();
    }

    /// The wire has one other end.
    @Override
    public void connect(String host, int port) {
        throw new AlreadyConnected(host());
    }

    /// What is written goes to whom it is for.
    @Override
    public boolean broadcastAllowed() {
        return true;
    }

    @Override
    public void broadcastAllowed(boolean on) {
        // Nothing keeps anybody from it.
    }

    @Override
    public Clock clock() {
        return reactor;
    }

    @Override
    public String logPrefix() {
        return protocol.logPrefix() + " (" + name + ")";
    }

    @Override
    public String toString() {
        return protocol.logPrefix() + " on " + host();
    }
}
