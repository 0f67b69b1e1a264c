package bowline.linux.system;

import bowline.protocol.PeerCredentials;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Datagrams that have come, many by one system call (recvmmsg(2)), each with its sender and with what the system tells
/// beside it. The sockets of one thread share it: what [#receive] has brought is there until the next one.
public final class ReceivedDatagrams {
    /// Most datagrams by one call.
    private static final int SLOTS_MAX = 32;

    /// Bytes of all datagrams of one call together, unless one alone may be longer.
    private static final int ROOM_BYTES = 262_144;

    /// Room for all control messages that we ask for beside one datagram.
    private static final int CONTROL_MAX_BYTES = 128;

    private static final int SOL_SOCKET = 1;
    private static final int SCM_CREDENTIALS = 2;
    private static final int UCRED_BYTES = 12;

    private static final int SOL_UDP = 17;
    private static final int UDP_GRO = 104;

    /// What the length of those that came as one needs beside a datagram.
    public static final int SEGMENT_BYTES = ControlMessages.space(Integer.BYTES);

    /// What the local address needs beside a datagram, on a socket of IPv4.
    public static final int INET_LOCAL_BYTES = ControlMessages.space(12);

    /// The same on one of IPv6.
    public static final int INET6_LOCAL_BYTES = ControlMessages.space(20);

    /// What `struct ucred` needs beside a datagram.
    public static final int CREDENTIALS_BYTES = ControlMessages.space(UCRED_BYTES);

    private final SystemCalls system;
    private final AddressMemory senders = new AddressMemory();
    private final AddressMemory locals = new AddressMemory();
    /// Kept for as long as the address of it is used.
    private final MemorySegment local = Arena.ofAuto().allocate(SocketAddressCodec.MAX_BYTES, 16);
    private final MessageHeaders headers = new MessageHeaders(SLOTS_MAX, CONTROL_MAX_BYTES);
    private ByteBuffer room = ByteBuffer.allocateDirect(0);
    /// How many rows of the headers are prepared, and for which lengths.
    private int rows;

    private int rowBytes;
    private int rowControlBytes;
    /// How many of them the last call has changed.
    private int used;

    /// For the thread of `system`.
    public ReceivedDatagrams(SystemCalls system) {
        this.system = system;
    }

    /// Takes what waits at a socket.
    ///
    /// @param most how many datagrams at most, as [#most] says
    /// @param packetMaxBytes how much of each
    /// @param controlBytes room for control messages of each; not more than asked for, for where there is room the
    ///     kernel may also put descriptors
    /// @return how many came; fewer than `most` if no more waited
    /// @throws java.net.PortUnreachableException if what was sent before was refused
    public int receive(int socket, int most, int packetMaxBytes, int controlBytes) throws IOException {
        makeRoom(packetMaxBytes);
        prepare(most, packetMaxBytes, controlBytes);
        long count = system.receiveMessages(socket, headers.row(0), most, 0);
        if (Errno.EAGAIN.is(count)) {
            return 0;
        }
        if (Errno.ECONNREFUSED.is(count)) {
            throw Errno.unreachable();
        }
        used = (int) Errno.check(count);
        return used;
    }

    /// A call like the last one, as most are, finds everything but what that has changed.
    private void prepare(int most, int packetMaxBytes, int controlBytes) {
        if (most > rows || packetMaxBytes != rowBytes || controlBytes != rowControlBytes) {
            long roomAddress = Memory.addressOf(room.clear());
            for (int i = 0; i < most; i++) {
                headers.piece(i, roomAddress + (long) i * packetMaxBytes, packetMaxBytes);
                headers.pieces(i, i, 1);
            }
            rows = most;
            rowBytes = packetMaxBytes;
            rowControlBytes = controlBytes;
            used = most;
        }
        for (int i = 0; i < used; i++) {
            headers.nameLength(i, SocketAddressCodec.MAX_BYTES);
            headers.controlLength(i, controlBytes);
        }
        used = 0;
    }

    /// How many datagrams one call takes, of `most` that are wanted.
    public static int most(int most, int packetMaxBytes) {
        return Math.clamp(ROOM_BYTES / packetMaxBytes, 1, Math.min(most, SLOTS_MAX));
    }

    private void makeRoom(int packetMaxBytes) {
        if (room.capacity() < packetMaxBytes) {
            room = ByteBuffer.allocateDirect(Math.max(ROOM_BYTES, packetMaxBytes));
            rows = 0;
        }
    }

    /// One that came, from 0 on, as much of it as there was room for, until the next is asked for. A protocol
    /// may have changed the byte order of the buffer, which the next one does not expect.
    public ByteBuffer datagram(int i) {
        int at = i * rowBytes;
        return room.order(ByteOrder.BIG_ENDIAN)
                .clear()
                .limit(at + headers.count(i))
                .position(at);
    }

    /// Who sent it; an empty path if he has no name.
    public SocketAddress from(int i) {
        return senders.read(headers.name(i), headers.nameLength(i));
    }

    /// Who sent it, as the system knows him; null if it was not asked to tell.
    public @Nullable PeerCredentials credentials(int i) {
        long found = control(i, SOL_SOCKET, SCM_CREDENTIALS);
        return found == 0
                ? null
                : new PeerCredentials(
                        Memory.getInt(found),
                        Memory.getInt(found + Integer.BYTES),
                        Memory.getInt(found + 2L * Integer.BYTES));
    }

    /// The local address that it came to; of IPv4 never a group's or everyone's, but ours there. Null if the
    /// system was not asked to tell.
    ///
    /// @param port the socket's own
    public @Nullable InetSocketAddress local(int i, int port) {
        int length = PacketInfo.read(headers.control(i), headers.controlLength(i), port, local.address());
        return length == 0 ? null : (InetSocketAddress) locals.read(local.address(), length);
    }

    /// How long each but the last of the datagrams is that came as this one; its own length if it is alone.
    public int segmentBytes(int i) {
        long found = control(i, SOL_UDP, UDP_GRO);
        return found == 0 ? headers.count(i) : Memory.getInt(found);
    }

    private long control(int i, int level, int type) {
        return ControlMessages.find(headers.control(i), headers.controlLength(i), level, type);
    }
}
