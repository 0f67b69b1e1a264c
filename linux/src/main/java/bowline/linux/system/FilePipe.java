package bowline.linux.system;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A pipe through which parts of files go to sockets without a copy: the pages of a file are put into the pipe, and
/// from there into the socket (splice(2)). For one thread, and empty between two calls.
///
/// sendfile(2) does the same inside the kernel, but needs the file's descriptor, which the JDK does not tell. It does
/// move a file's pages to another channel of its own, such as one on a pipe.
public final class FilePipe {
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;
    private static final int SPLICE_F_MOVE = 1;
    private static final int SPLICE_F_NONBLOCK = 2;

    /// Twice as many bytes as are put into it at once; the system may grant less.
    private static final int WANTED_BYTES = 524_288;

    private final SystemCalls system;
    private final int out;
    private final int nowhere;
    private final FileChannel in;
    private final int fillMaxBytes;
    private boolean open = true;

    private FilePipe(SystemCalls system, int out, int nowhere, FileChannel in, int fillMaxBytes) {
        this.system = system;
        this.out = out;
        this.nowhere = nowhere;
        this.in = in;
        this.fillMaxBytes = fillMaxBytes;
    }

    /// A new pipe.
    ///
    /// @throws IOException if there is none to be had: no descriptor is left, or `/proc` is not there
    public static FilePipe open(SystemCalls system) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long ends = Memory.allocate(arena, 2L * Integer.BYTES);
            Errno.check(system.pipe(ends, OpenFlags.CLOEXEC));
            int out = Memory.getInt(ends);
            int in = Memory.getInt(ends + Integer.BYTES);
            try {
                return open(system, out, in);
            } catch (IOException none) {
                system.close(out);
                throw none;
            } finally {
                system.close(in); // the channel has its own
            }
        }
    }

    private static FilePipe open(SystemCalls system, int out, int in) throws IOException {
        system.fcntl(in, F_SETPIPE_SZ, WANTED_BYTES); // if that is more than the user may have, it stays small
        // A piece that begins inside a page takes up one page more than its bytes do, hence the half.
        int half = (int) Errno.check(system.fcntl(in, F_GETPIPE_SZ, 0)) / 2;
        FileChannel channel = FileChannel.open(Path.of("/proc/self/fd/" + in), StandardOpenOption.WRITE);
        long nowhere = system.open("/dev/null", OpenFlags.READ_WRITE | OpenFlags.CLOEXEC);
        if (nowhere < 0) {
            channel.close();
        }
        return new FilePipe(system, out, (int) Errno.check(nowhere), channel, half);
    }

    /// Sends what the socket takes of a part of a file.
    ///
    /// @return how many bytes; 0 also when the file has none there
    public long send(FileChannel file, long position, long count, int socket) throws IOException {
        long sent = 0;
        while (sent < count) {
            long filled = fill(file, position + sent, count - sent);
            long taken = filled == 0 ? 0 : moveTo(socket, filled);
            sent += taken;
            if (taken == 0 || taken < filled) {
                break;
            }
        }
        return sent;
    }

    /// If that fails, nobody knows what is in the pipe; and an interrupt of the thread closes the channel, too.
    private long fill(FileChannel file, long position, long count) throws IOException {
        try {
            return file.transferTo(position, Math.min(count, fillMaxBytes), in);
        } catch (IOException broken) {
            close();
            throw broken;
        }
    }

    /// Moves the pipe's bytes on, and drops those that are not taken.
    private long moveTo(int socket, long count) throws IOException {
        long moved = 0;
        try {
            while (moved < count) {
                long taken = system.splice(out, socket, count - moved, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
                if (Errno.EAGAIN.is(taken)) {
                    break;
                }
                moved += Errno.check(taken);
            }
            return moved;
        } finally {
            drop(count - moved);
        }
    }

    private void drop(long count) throws IOException {
        long left = count;
        while (left > 0) {
            left -= Errno.check(system.splice(out, nowhere, left, SPLICE_F_MOVE));
        }
    }

    /// Lets its descriptors go.
    public void close() throws IOException {
        if (open) {
            open = false;
            system.close(out);
            system.close(nowhere);
            in.close();
        }
    }

    /// Whether it can be used. It closes itself when a file could not be read.
    public boolean isOpen() {
        return open;
    }
}
