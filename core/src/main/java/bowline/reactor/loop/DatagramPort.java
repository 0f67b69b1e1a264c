package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.AlreadyConnected;
import bowline.protocol.CannotListenError;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.InvalidAddressError;
import bowline.reactor.DatagramOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/// A UDP port (section 23); a backend fills in the system calls. Groups: the [GroupSide].
public abstract class DatagramPort extends GroupSide {
    /// Longest datagram of IPv6; that of IPv4 is 20 bytes shorter, which the system knows.
    private static final int LENGTH_MAX_BYTES = 65_527;

    private final InetSocketAddress where;
    private final DatagramOptions options;
    private @Nullable InetSocketAddress bound;

    /// A port that does not listen yet.
    protected DatagramPort(Loop loop, InetSocketAddress where, DatagramProtocol protocol, DatagramOptions options) {
        super(loop, protocol, options.maxPacketSize());
        this.where = where;
        this.options = options;
    }

    // System calls

    /// Opens a socket and binds it, without reading yet; returns the address taken.
    protected abstract InetSocketAddress bind(InetSocketAddress address, DatagramOptions options) throws IOException;

    /// The peer that the socket is connected to, or null.
    protected abstract @Nullable InetSocketAddress remote() throws IOException;

    /// Fixes the peer; returns the local address, which may be narrower now.
    protected abstract InetSocketAddress connect(InetSocketAddress to) throws IOException;

    // Life

    /// Where a port of these options is to be.
    static InetSocketAddress where(int port, DatagramOptions options) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        String host = options.networkInterface();
        return new InetSocketAddress(SocketAddresses.literal(host.isEmpty() ? "0.0.0.0" : host), port);
    }

    /// Where a channel is that is to be adopted.
    static InetSocketAddress where(DatagramChannel channel) {
        try {
            if (channel.getLocalAddress() instanceof InetSocketAddress address) {
                return address;
            }
            throw new IllegalArgumentException("the channel is not bound to a UDP port; call bind first");
        } catch (ClosedChannelException closed) {
            throw new CannotListenError("the channel to be adopted", "it is closed", closed);
        } catch (IOException broken) {
            throw new CannotListenError(
                    "the channel to be adopted", Failure.of(broken).message(), broken);
        }
    }

    @Override
    public final void startListening() {
        loop.check("UdpPort.startListening");
        if (listening) {
            return;
        }
        try {
            bound = bind(where, options);
            connected(remote());
        } catch (IOException refused) {
            close();
            throw ConnectFaults.listening("udp", where, refused);
        }
        begin();
    }

    // What is of UDP

    /// Where `address` is for the system, if this port's family can go there (UDP-4).
    @Override
    final InetSocketAddress target(Address address) {
        InetSocketAddress socket = SocketAddresses.socket(address);
        InetAddress here = (bound == null ? where : bound).getAddress();
        boolean same = here instanceof Inet4Address == socket.getAddress() instanceof Inet4Address;
        boolean both = !(here instanceof Inet4Address) && here.isAnyLocalAddress();
        if (!same && !both) {
            throw new InvalidAddressError(
                    address.toString(), "the port " + host() + " is of the other version of IP; open one of this");
        }
        return socket;
    }

    @Override
    final Address address(SocketAddress socket) {
        return SocketAddresses.udp((InetSocketAddress) socket);
    }

    @Override
    final String kind() {
        return "UDP";
    }

    @Override
    final Object place() {
        return port();
    }

    @Override
    final int lengthMaxBytes() {
        return LENGTH_MAX_BYTES;
    }

    @Override
    public final Address host() {
        return SocketAddresses.udp(bound == null ? where : bound);
    }

    // The local address

    /// The local address that the datagram being delivered came to, or null.
    protected @Nullable InetSocketAddress arrivedAt() {
        return null;
    }

    @Override
    public final @Nullable Address localAddress() {
        InetSocketAddress local = arrivedAt();
        return local == null ? null : known(local);
    }

    @Override
    public final void write(ByteBuffer bytes, Address address, Address from) {
        if (!loop.hasRawDatagrams()) {
            super.write(bytes, address, from);
            return;
        }
        InetAddress local = ((InetSocketAddress) known(from)).getAddress();
        write(bytes, address, local.isMulticastAddress() ? null : local);
    }

    // The peer

    @Override
    public final void connect(String host, int port) {
        loop.check("DatagramTransport.connect");
        Address before = connectedTo();
        if (before != null) {
            throw new AlreadyConnected(before);
        }
        if (!listening) {
            throw new IllegalStateException("the port does not listen; connect it after startListening");
        }
        InetSocketAddress to = target(new Address.Hostname(host, port));
        try {
            bound = connect(to);
        } catch (IOException refused) {
            throw new UncheckedIOException(ConnectFaults.connecting(SocketAddresses.udp(to), refused));
        }
        connected(to);
    }
}
