package bowline.linux.system;

import bowline.protocol.PeerCredentials;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Sockets of one thread, by their descriptors: [SystemCalls] with addresses and bytes as Java has them, and with
/// exceptions for what fails.
///
/// All sockets are made so that they do not block, and that no child process inherits them. Where a call would have to
/// wait it answers 0 or null.
public final class Sockets {
    /// UNIX sockets.
    public static final int UNIX = 1;
    /// IPv4.
    public static final int INET = 2;
    /// IPv6.
    public static final int INET6 = 10;

    /// A socket of bytes in order.
    public static final int STREAM = 1;
    /// A socket of datagrams.
    public static final int DATAGRAM = 2;

    /// Most bytes sent from the heap in one call: they are copied to memory that the kernel can read.
    public static final int COPY_MAX_BYTES = 131_072;

    /// What every accepted socket gets: it does not block, and no child process inherits it.
    public static final int ACCEPT_FLAGS = OpenFlags.NONBLOCK | OpenFlags.CLOEXEC;

    private static final int SHUT_WR = 1;
    private static final int MSG_NOSIGNAL = 0x4000;

    // struct iovec, and struct msghdr: the vectors, and what goes beside
    private static final int PIECES_MAX = 64;
    private static final int VECTOR_BYTES = 16;
    private static final int VECTOR_LENGTH = 8;
    private static final int MESSAGE_BYTES = 64;
    private static final int MESSAGE_VECTORS = 16;
    private static final int MESSAGE_VECTOR_COUNT = 24;

    private static final int MESSAGE_CONTROL = 32;
    private static final int MESSAGE_CONTROL_LENGTH = 40;

    // struct cmsghdr, and room for as many descriptors as one message may carry
    private static final int CONTROL_LEVEL = 8;
    private static final int CONTROL_TYPE = 12;
    private static final int CONTROL_DATA = 16;
    private static final int CONTROL_BYTES = 1040;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;

    private static final int OPTION_MAX_BYTES = 16;

    private final SystemCalls system;
    private final ByteBuffer copy = ByteBuffer.allocateDirect(COPY_MAX_BYTES);
    private final long copyAddress = Memory.addressOf(copy);
    /// Kept for as long as the addresses in it are used.
    private final MemorySegment memory = Arena.ofAuto()
            .allocate(
                    SocketAddressCodec.MAX_BYTES
                            + Long.BYTES * 2L
                            + OPTION_MAX_BYTES
                            + MESSAGE_BYTES
                            + CONTROL_BYTES
                            + (long) PIECES_MAX * VECTOR_BYTES,
                    16);
    private final long address = memory.address();
    private final long length = address + SocketAddressCodec.MAX_BYTES;
    private final long option = length + Long.BYTES * 2L;
    private final long message = option + OPTION_MAX_BYTES;
    private final long control = message + MESSAGE_BYTES;
    private final long vectors = control + CONTROL_BYTES;

    /// For the thread of `system`.
    public Sockets(SystemCalls system) {
        this.system = system;
        Memory.zero(message, MESSAGE_BYTES);
        Memory.putLong(message + MESSAGE_VECTORS, vectors);
    }

    // From the opening to the closing

    /// A new socket.
    ///
    /// @param type [#STREAM] or [#DATAGRAM]
    /// @return its descriptor
    public int open(int family, int type) throws IOException {
        return (int) Errno.check(system.socket(family, type | OpenFlags.NONBLOCK | OpenFlags.CLOEXEC, 0));
    }

    /// Takes a local address.
    public void bind(int socket, SocketAddress local) throws IOException {
        Errno.check(system.bind(socket, address, SocketAddressCodec.write(local, address)));
    }

    /// Begins to accept.
    public void listen(int socket, int backlog) throws IOException {
        Errno.check(system.listen(socket, backlog));
    }

    /// Begins to connect.
    ///
    /// @return 0 if that is done at once, or the negative of an [Errno]
    public long connect(int socket, SocketAddress remote) throws IOException {
        return system.connect(socket, address, SocketAddressCodec.write(remote, address));
    }

    /// Takes a connection that waits; its peer is then [#lastAddress].
    ///
    /// @return its descriptor, or -1 when none waits
    public int accept(int socket) throws IOException {
        Memory.putInt(length, SocketAddressCodec.MAX_BYTES);
        long accepted = system.accept(socket, address, length, ACCEPT_FLAGS);
        return Errno.EAGAIN.is(accepted) ? -1 : (int) Errno.check(accepted);
    }

    /// The address that the last [#accept] has told.
    public SocketAddress lastAddress() {
        return SocketAddressCodec.read(address, Memory.getInt(length));
    }

    /// Where a socket is bound.
    public SocketAddress localAddress(int socket) throws IOException {
        Memory.putInt(length, SocketAddressCodec.MAX_BYTES);
        Errno.check(system.localAddress(socket, address, length));
        return lastAddress();
    }

    /// Whom a socket is connected to.
    public SocketAddress remoteAddress(int socket) throws IOException {
        Memory.putInt(length, SocketAddressCodec.MAX_BYTES);
        Errno.check(system.remoteAddress(socket, address, length));
        return lastAddress();
    }

    /// As [#remoteAddress]; null for a socket that is not connected.
    public @Nullable SocketAddress peer(int socket) throws IOException {
        Memory.putInt(length, SocketAddressCodec.MAX_BYTES);
        long result = system.remoteAddress(socket, address, length);
        if (Errno.ENOTCONN.is(result)) {
            return null;
        }
        Errno.check(result);
        return lastAddress();
    }

    /// Ends the writing side.
    public void shutdownOutput(int socket) throws IOException {
        Errno.check(system.shutdown(socket, SHUT_WR));
    }

    /// Lets the descriptor go. What the system says to that is of no use to anybody.
    public void close(int socket) {
        system.close(socket);
    }

    // Bytes

    /// Reads what is there into a direct buffer.
    ///
    /// @return how many bytes; 0 when there are none yet, -1 at the end
    public int receive(int socket, ByteBuffer into) throws IOException {
        long count = system.receive(socket, Memory.addressOf(into), into.remaining(), 0, 0, 0);
        if (count == 0) {
            return -1;
        }
        return taken(into, count);
    }

    /// Sends what the socket takes of a buffer.
    ///
    /// @return how many bytes
    public int send(int socket, ByteBuffer bytes) throws IOException {
        if (!bytes.isDirect()) {
            return sendCopied(socket, bytes);
        }
        return taken(bytes, system.send(socket, Memory.addressOf(bytes), bytes.remaining(), MSG_NOSIGNAL, 0, 0));
    }

    private int sendCopied(int socket, ByteBuffer bytes) throws IOException {
        int count = Math.min(bytes.remaining(), COPY_MAX_BYTES);
        copy.put(0, bytes, bytes.position(), count);
        return taken(bytes, system.send(socket, copyAddress, count, MSG_NOSIGNAL, 0, 0));
    }

    /// Sends what the socket takes of some buffers.
    ///
    /// @return how many bytes
    public long send(int socket, ByteBuffer[] pieces, int first, int count) throws IOException {
        int most = Math.min(count, PIECES_MAX);
        int direct = 0;
        while (direct < most && pieces[first + direct].isDirect()) {
            ByteBuffer piece = pieces[first + direct];
            long vector = vectors + (long) direct * VECTOR_BYTES;
            Memory.putLong(vector, Memory.addressOf(piece));
            Memory.putLong(vector + VECTOR_LENGTH, piece.remaining());
            direct++;
        }
        if (direct == 0) {
            return sendCopied(socket, pieces, first, most);
        }
        Memory.putLong(message + MESSAGE_VECTOR_COUNT, direct);
        return taken(pieces, first, system.sendMessage(socket, message, MSG_NOSIGNAL));
    }

    /// Pieces of the heap, together in one call as long as they fit.
    private long sendCopied(int socket, ByteBuffer[] pieces, int first, int most) throws IOException {
        int filled = 0;
        for (int i = first; i < first + most && !pieces[i].isDirect() && filled < COPY_MAX_BYTES; i++) {
            int count = Math.min(pieces[i].remaining(), COPY_MAX_BYTES - filled);
            copy.put(filled, pieces[i], pieces[i].position(), count);
            filled += count;
        }
        return taken(pieces, first, system.send(socket, copyAddress, filled, MSG_NOSIGNAL, 0, 0));
    }

    /// Sends what the socket takes of a part of a file, through memory.
    ///
    /// @return how many bytes; 0 also when the file has none there
    public long sendFrom(FileChannel file, long position, long count, int socket) throws IOException {
        int read = readTo(copy, file, position, count);
        if (read <= 0) {
            return 0;
        }
        long sent = system.send(socket, copyAddress, read, MSG_NOSIGNAL, 0, 0);
        return Errno.EAGAIN.is(sent) ? 0 : Errno.check(sent);
    }

    /// Whatever happens, all of the buffer is there for the next one.
    private static int readTo(ByteBuffer into, FileChannel file, long position, long count) throws IOException {
        try {
            return file.read(into.limit((int) Math.min(count, COPY_MAX_BYTES)), position);
        } finally {
            into.clear();
        }
    }

    private static int taken(ByteBuffer bytes, long result) throws IOException {
        if (Errno.EAGAIN.is(result)) {
            return 0;
        }
        int count = (int) Errno.check(result);
        bytes.position(bytes.position() + count);
        return count;
    }

    private static long taken(ByteBuffer[] pieces, int first, long result) throws IOException {
        if (Errno.EAGAIN.is(result)) {
            return 0;
        }
        long left = Errno.check(result);
        for (int i = first; left > 0; i++) {
            int count = (int) Math.min(left, pieces[i].remaining());
            pieces[i].position(pieces[i].position() + count);
            left -= count;
        }
        return result;
    }

    // Descriptors that are passed (unix(7))

    /// An open descriptor under a new number, which is not inherited either.
    public int duplicate(int descriptor) throws IOException {
        return (int) Errno.check(system.duplicate(descriptor, 0));
    }

    /// Has a descriptor never block, and all its copies with it.
    public void unblock(int descriptor) throws IOException {
        blocking(descriptor, false);
    }

    /// Sets whether a descriptor may block, and all its copies with it.
    public void blocking(int descriptor, boolean on) throws IOException {
        long flags = flags(descriptor);
        long wanted = on ? flags & ~OpenFlags.NONBLOCK : flags | OpenFlags.NONBLOCK;
        if (wanted != flags) {
            Errno.check(system.fcntl(descriptor, F_SETFL, wanted));
        }
    }

    /// Whether a descriptor may block.
    public boolean blocks(int descriptor) throws IOException {
        return (flags(descriptor) & OpenFlags.NONBLOCK) == 0;
    }

    private long flags(int descriptor) throws IOException {
        return Errno.check(system.fcntl(descriptor, F_GETFL, 0));
    }

    /// Sends one byte, and a descriptor with it.
    ///
    /// @return whether the socket took them
    public boolean sendWithDescriptor(int socket, ByteBuffer bytes, int passed) throws IOException {
        copy.put(0, bytes.get(bytes.position()));
        Memory.putLong(vectors, copyAddress);
        Memory.putLong(vectors + VECTOR_LENGTH, 1);
        Memory.putLong(message + MESSAGE_VECTOR_COUNT, 1);
        Memory.putLong(control, CONTROL_DATA + Integer.BYTES);
        Memory.putInt(control + CONTROL_LEVEL, SOL_SOCKET);
        Memory.putInt(control + CONTROL_TYPE, SCM_RIGHTS);
        Memory.putInt(control + CONTROL_DATA, passed);
        Memory.putLong(message + MESSAGE_CONTROL, control);
        Memory.putLong(message + MESSAGE_CONTROL_LENGTH, CONTROL_DATA + Long.BYTES);
        long sent = system.sendMessage(socket, message, MSG_NOSIGNAL);
        Memory.putLong(message + MESSAGE_CONTROL, 0);
        Memory.putLong(message + MESSAGE_CONTROL_LENGTH, 0);
        return taken(bytes, sent) == 1;
    }

    /// As [#receive]; descriptors that come along go to `passed`.
    public int receiveWithDescriptors(int socket, ByteBuffer into, IntConsumer passed) throws IOException {
        Memory.putLong(vectors, Memory.addressOf(into));
        Memory.putLong(vectors + VECTOR_LENGTH, into.remaining());
        Memory.putLong(message + MESSAGE_VECTOR_COUNT, 1);
        Memory.putLong(message + MESSAGE_CONTROL, control);
        Memory.putLong(message + MESSAGE_CONTROL_LENGTH, CONTROL_BYTES);
        long count = system.receiveMessage(socket, message, MSG_CMSG_CLOEXEC);
        long controlLength = Memory.getLong(message + MESSAGE_CONTROL_LENGTH);
        Memory.putLong(message + MESSAGE_CONTROL, 0);
        Memory.putLong(message + MESSAGE_CONTROL_LENGTH, 0);
        if (count >= 0) {
            hand(descriptorsIn(controlLength), passed);
        }
        return count == 0 ? -1 : taken(into, count);
    }

    /// If one is not taken, nobody will take those behind it.
    private void hand(int[] descriptors, IntConsumer passed) {
        int handed = 0;
        try {
            while (handed < descriptors.length) {
                passed.accept(descriptors[handed++]);
            }
        } finally {
            while (handed < descriptors.length) {
                close(descriptors[handed++]);
            }
        }
    }

    private int[] descriptorsIn(long controlLength) {
        boolean some = controlLength > CONTROL_DATA
                && Memory.getInt(control + CONTROL_LEVEL) == SOL_SOCKET
                && Memory.getInt(control + CONTROL_TYPE) == SCM_RIGHTS;
        int count = some ? (int) (Memory.getLong(control) - CONTROL_DATA) / Integer.BYTES : 0;
        var found = new int[count];
        for (int i = 0; i < count; i++) {
            found[i] = Memory.getInt(control + CONTROL_DATA + (long) i * Integer.BYTES);
        }
        return found;
    }

    /// Who is at the other end of a UNIX socket (`struct ucred`).
    public PeerCredentials peerCredentials(int socket) throws IOException {
        Memory.putInt(length, 3 * Integer.BYTES);
        Errno.check(system.getOption(
                socket,
                SocketOptionName.PEER_CREDENTIALS.level(),
                SocketOptionName.PEER_CREDENTIALS.number(),
                option,
                length));
        return new PeerCredentials(
                Memory.getInt(option),
                Memory.getInt(option + Integer.BYTES),
                Memory.getInt(option + 2L * Integer.BYTES));
    }

    // Options

    /// What an option is whose value is an `int`.
    public int option(int socket, SocketOptionName name) throws IOException {
        Memory.putInt(length, Integer.BYTES);
        Memory.putInt(option, 0);
        Errno.check(system.getOption(socket, name.level(), name.number(), option, length));
        return Memory.getInt(option);
    }

    /// Sets it.
    public void option(int socket, SocketOptionName name, int value) throws IOException {
        Memory.putInt(option, value);
        set(socket, name, Integer.BYTES);
    }

    /// Sets it where there is such an option: older kernels, and what emulates one, lack some.
    void optionIfKnown(int socket, SocketOptionName name, int value) throws IOException {
        Memory.putInt(option, value);
        long result = system.setOption(socket, name.level(), name.number(), option, Integer.BYTES);
        if (!Errno.ENOPROTOOPT.is(result)) {
            Errno.check(result);
        }
    }

    private void set(int socket, SocketOptionName name, int bytes) throws IOException {
        Errno.check(system.setOption(socket, name.level(), name.number(), option, bytes));
    }

    /// Has an IPv6 socket serve IPv4 as well, whatever the system's default; others do without.
    public void dualStack(int socket, int family) throws IOException {
        if (family == INET6) {
            option(socket, SocketOptionName.IPV6_V6ONLY, 0);
        }
    }

    /// Has the next close of a TCP socket reset the connection.
    public void resetOnClose(int socket) throws IOException {
        Memory.putInt(option, 1);
        Memory.putInt(option + Integer.BYTES, 0);
        set(socket, SocketOptionName.LINGER, 2 * Integer.BYTES);
    }

    /// Why the last connect failed: 0, or the negative of an [Errno].
    public long takeError(int socket) throws IOException {
        return -option(socket, SocketOptionName.ERROR);
    }
}
