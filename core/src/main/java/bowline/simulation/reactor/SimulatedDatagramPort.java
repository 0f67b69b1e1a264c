package bowline.simulation.reactor;

import bowline.failure.Failure;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.InvalidAddressError;
import bowline.reactor.DatagramOptions;
import bowline.reactor.loop.DatagramPort;
import bowline.simulation.net.DatagramSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A UDP socket on a simulated host.
final class SimulatedDatagramPort extends DatagramPort implements Handler {
    private static final InetAddress BROADCAST = InetAddress.ofLiteral("255.255.255.255");
    /// The one interface of a simulated host.
    private static final String INTERFACE = "eth0";

    private final SimulatedReactor reactor;
    private final Map<SocketOption<?>, Object> options = new HashMap<>();
    private @Nullable DatagramSocket socket;
    private String outgoing = "";
    private boolean wanted;

    SimulatedDatagramPort(
            SimulatedReactor reactor, InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options) {
        super(reactor, where, protocol, options);
        this.reactor = reactor;
    }

    private DatagramSocket socket() throws ClosedChannelException {
        if (socket == null) {
            throw new ClosedChannelException();
        }
        return socket;
    }

    @Override
    protected InetSocketAddress bind(InetSocketAddress address, DatagramOptions wantedOptions) throws IOException {
        DatagramSocket opened = reactor.platform().node().openDatagram(address, wantedOptions.listenMultiple());
        socket = opened;
        reactor.add(this);
        opened.watch(() -> reactor.changed(this));
        return opened.local();
    }

    @Override
    protected @Nullable InetSocketAddress remote() throws IOException {
        return socket().remote();
    }

    @Override
    protected void reading(boolean on) {
        wanted = on;
        reactor.changed(this);
    }

    @Override
    public boolean isReady() {
        return wanted && socket != null && socket.canRead();
    }

    @Override
    public void ready() {
        readReady();
    }

    @Override
    protected boolean readSome() throws IOException {
        ByteBuffer room = room();
        return deliverFrom(room, socket().receive(room));
    }

    @Override
    protected boolean send(ByteBuffer bytes, SocketAddress to) throws IOException {
        var where = (InetSocketAddress) to;
        if (where.getPort() == 0) {
            throw new IOException("Invalid argument");
        }
        if (where.getAddress().equals(BROADCAST) && !Boolean.TRUE.equals(option(StandardSocketOptions.SO_BROADCAST))) {
            throw new IOException("Permission denied");
        }
        socket().send(bytes, where);
        return true;
    }

    @Override
    protected InetSocketAddress connect(InetSocketAddress to) throws IOException {
        return socket().connect(to);
    }

    @Override
    @SuppressWarnings("unchecked") // put there by the method below
    protected <T> @Nullable T option(SocketOption<T> option) {
        Object value = options.get(option);
        if (value == null && option.type() == Boolean.class) {
            value = option == StandardSocketOptions.IP_MULTICAST_LOOP;
        } else if (value == null && option.type() == Integer.class) {
            value = 1;
        }
        return (T) value;
    }

    @Override
    protected <T> void option(SocketOption<T> option, T value) throws IOException {
        if (option == StandardSocketOptions.IP_MULTICAST_TTL
                && value instanceof Integer hops
                && (hops < 0 || hops > 255)) {
            throw new IllegalArgumentException("Invalid TTL/hop value");
        }
        options.put(option, value);
        if (option == StandardSocketOptions.IP_MULTICAST_LOOP) {
            socket().hearsOwn(Boolean.TRUE.equals(value));
        }
    }

    @Override
    protected String networkInterface(String nameOrAddress, InetAddress group) throws InvalidAddressError {
        if (nameOrAddress.isEmpty()
                || nameOrAddress.equals(INTERFACE)
                || reactor.platform().node().hasAddress(nameOrAddress)) {
            return INTERFACE;
        }
        throw new InvalidAddressError(
                nameOrAddress, "a simulated host has one network interface, " + INTERFACE + ", and its own addresses");
    }

    @Override
    protected Runnable join(InetAddress group, String networkInterface, @Nullable InetAddress source)
            throws IOException {
        return socket().join(group, source);
    }

    @Override
    protected String outgoing() {
        return outgoing;
    }

    @Override
    protected void outgoing(String nameOrAddress) throws InvalidAddressError {
        outgoing = networkInterface(nameOrAddress, InetAddress.getLoopbackAddress());
    }

    @Override
    protected void close() {
        reactor.remove(this);
        if (socket != null) {
            socket.close();
        }
        socket = null;
        options.clear();
    }

    @Override
    public void disconnected(Failure reason) {
        disconnected();
    }
}
