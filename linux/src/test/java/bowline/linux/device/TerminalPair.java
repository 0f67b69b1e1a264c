package bowline.linux.device;

import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.OpenFlags;
import bowline.linux.system.SystemCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/// A serial line that is not there: a pseudoterminal, whose one end has a name to be opened, and whose other end is
/// held by a thread that answers what it reads.
final class TerminalPair implements AutoCloseable {
    private static final int TERMINAL_FLAGS =
            OpenFlags.READ_WRITE | OpenFlags.NO_CONTROLLING_TERMINAL | OpenFlags.CLOEXEC;
    private static final long UNLOCK = 0x40045431L;
    private static final long NUMBER = 0x80045430L;

    private final int master;
    private final Path path;
    private final CompletableFuture<byte[]> heard = new CompletableFuture<>();
    private volatile boolean closed;

    /// @param answer what to say to what was read
    TerminalPair(UnaryOperator<byte[]> answer) throws IOException {
        var system = new SystemCalls();
        master = (int) Errno.check(system.open("/dev/ptmx", TERMINAL_FLAGS | OpenFlags.NONBLOCK));
        try (Arena arena = Arena.ofConfined()) {
            long number = Memory.allocate(arena, Integer.BYTES);
            Errno.check(system.control(master, UNLOCK, number));
            Errno.check(system.control(master, NUMBER, number));
            path = Path.of("/dev/pts/" + Memory.getInt(number));
        }
        // Without anybody at the other end there would be nothing to read but an error.
        int other = open(system);
        Thread.ofPlatform().daemon().name("terminal").start(() -> answer(answer, other));
    }

    private int open(SystemCalls system) throws IOException {
        return (int) Errno.check(system.open(path.toString(), TERMINAL_FLAGS));
    }

    private void answer(UnaryOperator<byte[]> answer, int other) {
        var system = new SystemCalls();
        var all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        boolean first = true;
        long count = read(system, buffer);
        while (count > 0) {
            if (first) {
                first = false;
                system.close(other); // from here on, the end of who opened it is the end of all
            }
            byte[] piece = new byte[(int) count];
            buffer.get(0, piece);
            all.writeBytes(piece);
            write(system, answer.apply(piece));
            count = read(system, buffer);
        }
        if (first) {
            system.close(other);
        }
        system.close(master);
        heard.complete(all.toByteArray());
    }

    /// Closing a descriptor does not end a read of it, so this one looks again and again.
    private long read(SystemCalls system, ByteBuffer buffer) {
        long count;
        do {
            count = system.read(master, Memory.addressOf(buffer.clear()), buffer.capacity());
        } while (Errno.EAGAIN.is(count) && isOpenABitLater());
        return count;
    }

    private boolean isOpenABitLater() {
        LockSupport.parkNanos(1_000_000);
        return !closed;
    }

    private void write(SystemCalls system, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        while (direct.hasRemaining()) {
            long written = system.write(master, Memory.addressOf(direct), direct.remaining());
            if (written >= 0) {
                direct.position(direct.position() + (int) written);
            } else if (!Errno.EAGAIN.is(written) || !isOpenABitLater()) {
                return;
            }
        }
    }

    /// Says something of its own accord.
    void say(byte[] bytes) {
        write(new SystemCalls(), bytes);
    }

    /// Where the end is that can be opened.
    Path path() {
        return path;
    }

    /// All that was said to it, once its other end is closed.
    CompletableFuture<byte[]> heard() {
        return heard;
    }

    /// Pulls the plug.
    @Override
    public void close() {
        closed = true;
    }
}
