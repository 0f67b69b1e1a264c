package bowline.linux.system;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What only sockets of datagrams do: to send to anybody, and to be in groups. Beside [Sockets], of the same thread;
/// [ReceivedDatagrams] receives.
public final class DatagramSockets {
    private static final int MSG_NOSIGNAL = 0x4000;

    // struct ip_mreqn
    private static final int MREQN_BYTES = 12;
    private static final int MREQN_ADDRESS = 4;
    private static final int MREQN_INDEX = 8;

    private static final int OPTION_MAX_BYTES = 272;

    private final SystemCalls system;
    private final Sockets sockets;
    private ByteBuffer copy = ByteBuffer.allocateDirect(Sockets.COPY_MAX_BYTES);
    private final MessageHeaders single = new MessageHeaders(1, PacketInfo.CONTROL_MAX_BYTES);
    /// Kept for as long as the addresses in it are used.
    private final MemorySegment memory = Arena.ofAuto().allocate(SocketAddressCodec.MAX_BYTES + OPTION_MAX_BYTES, 16);
    private final long address = memory.address();
    private final long option = address + SocketAddressCodec.MAX_BYTES;

    /// For the thread of `system`.
    public DatagramSockets(SystemCalls system, Sockets sockets) {
        this.system = system;
        this.sockets = sockets;
    }

    /// Fixes the peer.
    ///
    /// @param family the socket's
    public void connect(int socket, int family, SocketAddress peer) throws IOException {
        Errno.check(system.connect(socket, address, SocketAddressCodec.write(peer, family, address)));
    }

    /// Sends a datagram, whole.
    ///
    /// @param family the socket's
    /// @param to where to; null for the peer of a connected socket
    /// @return false when the socket would have to wait
    /// @throws java.net.PortUnreachableException if it is refused, or what was sent before
    public boolean send(int socket, ByteBuffer datagram, int family, @Nullable SocketAddress to) throws IOException {
        int addressLength = to == null ? 0 : SocketAddressCodec.write(to, family, address);
        int count = datagram.remaining();
        ByteBuffer direct = datagram.isDirect() ? datagram : copied(datagram);
        long sent = system.send(
                socket, Memory.addressOf(direct), count, MSG_NOSIGNAL, to == null ? 0 : address, addressLength);
        return sent(datagram, sent);
    }

    /// Sends a datagram, whole, from a local address of its own.
    ///
    /// @param family the socket's
    /// @param to where to; null for the peer of a connected socket
    /// @return false when the socket would have to wait
    /// @throws java.net.PortUnreachableException if it is refused, or what was sent before
    public boolean send(int socket, ByteBuffer datagram, int family, @Nullable SocketAddress to, InetAddress from)
            throws IOException {
        int count = datagram.remaining();
        ByteBuffer direct = datagram.isDirect() ? datagram : copied(datagram);
        single.nameLength(0, to == null ? 0 : SocketAddressCodec.write(to, family, single.name(0)));
        single.piece(0, Memory.addressOf(direct), count);
        single.pieces(0, 0, 1);
        single.controlLength(0, PacketInfo.write(single.control(0), family, from));
        return sent(datagram, system.sendMessage(socket, single.row(0), MSG_NOSIGNAL));
    }

    private static boolean sent(ByteBuffer datagram, long result) throws IOException {
        if (Errno.ECONNREFUSED.is(result)) {
            throw Errno.unreachable();
        }
        if (Errno.EAGAIN.is(result)) {
            return false;
        }
        Errno.check(result);
        datagram.position(datagram.limit());
        return true;
    }

    private ByteBuffer copied(ByteBuffer datagram) {
        int count = datagram.remaining();
        if (count > copy.capacity()) {
            copy = ByteBuffer.allocateDirect(count); // kept, for its memory must not go while the system reads it
        }
        return copy.put(0, datagram, datagram.position(), count);
    }

    // Groups

    private void set(int socket, SocketOptionName name, int bytes) throws IOException {
        Errno.check(system.setOption(socket, name.level(), name.number(), option, bytes));
    }

    /// Sends datagrams to IPv4 groups by an interface.
    ///
    /// @param index of the interface
    /// @param from its address, from which they come
    public void outgoingInterface(int socket, int index, Inet4Address from) throws IOException {
        Memory.zero(option, MREQN_BYTES);
        Memory.put(option + MREQN_ADDRESS, from.getAddress());
        Memory.putInt(option + MREQN_INDEX, index);
        set(socket, SocketOptionName.IP_MULTICAST_IF, MREQN_BYTES);
    }

    /// Joins a group (RFC 3678 §5).
    ///
    /// @param index of the interface
    /// @param source whose datagrams alone are wanted, or null for everybody's
    public void join(int socket, InetAddress group, int index, @Nullable InetAddress source) throws IOException {
        boolean six = group instanceof Inet6Address;
        SocketOptionName forAll = six ? SocketOptionName.IPV6_JOIN_GROUP : SocketOptionName.IP_JOIN_GROUP;
        SocketOptionName forOne = six ? SocketOptionName.IPV6_JOIN_SOURCE_GROUP : SocketOptionName.IP_JOIN_SOURCE_GROUP;
        group(socket, source == null ? forAll : forOne, group, index, source);
    }

    /// Leaves what [#join] has joined.
    public void leave(int socket, InetAddress group, int index, @Nullable InetAddress source) throws IOException {
        boolean six = group instanceof Inet6Address;
        SocketOptionName forAll = six ? SocketOptionName.IPV6_LEAVE_GROUP : SocketOptionName.IP_LEAVE_GROUP;
        SocketOptionName forOne =
                six ? SocketOptionName.IPV6_LEAVE_SOURCE_GROUP : SocketOptionName.IP_LEAVE_SOURCE_GROUP;
        group(socket, source == null ? forAll : forOne, group, index, source);
    }

    /// Has a socket of datagrams hear the groups that it has joined, and not those of others on this machine,
    /// where that can be chosen.
    public void ownGroupsOnly(int socket, int family) throws IOException {
        sockets.optionIfKnown(socket, SocketOptionName.IP_MULTICAST_ALL, 0);
        if (family == Sockets.INET6) {
            sockets.optionIfKnown(socket, SocketOptionName.IPV6_MULTICAST_ALL, 0);
        }
    }

    /// `struct group_req`, and with a source `struct group_source_req`.
    private void group(int socket, SocketOptionName name, InetAddress group, int index, @Nullable InetAddress source)
            throws IOException {
        Memory.zero(option, OPTION_MAX_BYTES);
        Memory.putInt(option, index);
        long groupAt = option + Long.BYTES;
        SocketAddressCodec.write(new InetSocketAddress(group, 0), groupAt);
        int bytes = Long.BYTES + SocketAddressCodec.MAX_BYTES;
        if (source != null) {
            SocketAddressCodec.write(new InetSocketAddress(source, 0), groupAt + SocketAddressCodec.MAX_BYTES);
            bytes += SocketAddressCodec.MAX_BYTES;
        }
        set(socket, name, bytes);
    }
}
