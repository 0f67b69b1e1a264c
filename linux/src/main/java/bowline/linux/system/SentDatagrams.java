package bowline.linux.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Datagrams that wait to be sent together (sendmmsg(2)), in order. With segmentation those in a row that go to the
/// same place and are equally long cross the system's network code as one, and are cut by the network card, or just
/// in front of it (`UDP_SEGMENT`).
public final class SentDatagrams {
    /// Most datagrams that wait.
    private static final int SLOTS = 64;

    /// Longest one that may wait: what Ethernet carries, and some more. A longer one gains nothing here.
    private static final int SLOT_BYTES = 2048;

    /// Most bytes that cross as one, of the 65535 that a length field of IP can tell, its own head among them.
    private static final int SEGMENTED_MAX_BYTES = 65_000;

    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    private final SystemCalls system;
    private final MessageHeaders headers =
            new MessageHeaders(SLOTS, PacketInfo.CONTROL_MAX_BYTES + ControlMessages.space(Short.BYTES));
    private final ByteBuffer room = ByteBuffer.allocateDirect(SLOTS * SLOT_BYTES);
    private final long roomAddress = Memory.addressOf(room);
    private final int[] lengths = new int[SLOTS];
    private final @Nullable SocketAddress[] receivers = new SocketAddress[SLOTS];
    private final @Nullable InetAddress[] senders = new InetAddress[SLOTS];
    /// How many datagrams each row of the headers sends.
    private final int[] rowSizes = new int[SLOTS];
    private int count;

    /// For the thread of `system`.
    public SentDatagrams(SystemCalls system) {
        this.system = system;
    }

    /// Whether a datagram of that length can wait here; if there is no room, those that wait are to be sent first.
    public static boolean takes(int length) {
        return length <= SLOT_BYTES;
    }

    /// Whether no other one can wait.
    public boolean isFull() {
        return count == SLOTS;
    }

    /// How many wait.
    public int count() {
        return count;
    }

    /// Takes a copy of a datagram.
    ///
    /// @param to where to
    /// @param from the local address that it is to come from; null for what the system chooses
    public void add(ByteBuffer datagram, SocketAddress to, @Nullable InetAddress from) {
        int length = datagram.remaining();
        room.put(count * SLOT_BYTES, datagram, datagram.position(), length);
        lengths[count] = length;
        receivers[count] = to;
        senders[count] = from;
        count++;
    }

    /// One that waits, from 0 on.
    public ByteBuffer datagram(int i) {
        return room.slice(i * SLOT_BYTES, lengths[i]);
    }

    /// Where it is to go.
    public SocketAddress to(int i) {
        return Objects.requireNonNull(receivers[i]);
    }

    /// The local address that it is to come from.
    public @Nullable InetAddress from(int i) {
        return senders[i];
    }

    /// Sends what waits from `first` on.
    ///
    /// @param family the socket's
    /// @param segmented whether equal ones may cross as one
    /// @param connected whether the socket has a peer, to whom all go
    /// @return how many were sent, or the negative of an [Errno] if the first could not be
    public long send(int socket, int family, int first, boolean segmented, boolean connected) throws IOException {
        int rows = 0;
        for (int next = first; next < count; rows++) {
            int size = segmented ? alike(next) : 1;
            prepare(rows, next, size, family, connected);
            next += size;
        }
        long sent = system.sendMessages(socket, headers.row(0), rows, MSG_NOSIGNAL);
        return sent < 0 ? sent : Arrays.stream(rowSizes, 0, (int) sent).sum();
    }

    /// How many from `start` on can cross as one: all but the last are equally long.
    private int alike(int start) {
        int end = start + 1;
        int bytes = lengths[start];
        while (end < count
                && lengths[end] > 0
                && lengths[end] <= lengths[start]
                && lengths[end - 1] == lengths[start]
                && bytes + lengths[end] <= SEGMENTED_MAX_BYTES
                && Objects.equals(receivers[end], receivers[start])
                && Objects.equals(senders[end], senders[start])) {
            bytes += lengths[end++];
        }
        return end - start;
    }

    private void prepare(int row, int first, int size, int family, boolean connected) throws IOException {
        headers.nameLength(row, connected ? 0 : SocketAddressCodec.write(to(first), family, headers.name(row)));
        for (int i = first; i < first + size; i++) {
            headers.piece(i, roomAddress + (long) i * SLOT_BYTES, lengths[i]);
        }
        headers.pieces(row, first, size);
        int control = 0;
        InetAddress from = senders[first];
        if (from != null) {
            control = PacketInfo.write(headers.control(row), family, from);
        }
        if (size > 1) {
            long segment = headers.control(row) + control;
            control += ControlMessages.write(segment, SOL_UDP, UDP_SEGMENT, Short.BYTES);
            Memory.putShort(segment + ControlMessages.HEADER_BYTES, lengths[first]);
        }
        headers.controlLength(row, control);
        rowSizes[row] = size;
    }

    /// Forgets them.
    public void clear() {
        Arrays.fill(receivers, 0, count, null);
        Arrays.fill(senders, 0, count, null);
        count = 0;
    }
}
