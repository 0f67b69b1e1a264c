package bowline.linux.socket;

import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.OpenFlags;
import bowline.linux.system.SystemCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// An event counter (eventfd(2)) that every thread may raise, to end a reactor's wait. Once closed it does nothing, for
/// its descriptor may have become another's.
public final class WakeUp {

    private final int descriptor;
    private final SystemCalls system = new SystemCalls();
    private final MemorySegment memory = Arena.ofAuto().allocate(2L * Long.BYTES, 16);
    private boolean closed;

    /// Not raised.
    ///
    /// @param maker makes the descriptor, and nothing else
    public WakeUp(SystemCalls maker) throws IOException {
        descriptor = (int) Errno.check(maker.eventfd(0, OpenFlags.CLOEXEC | OpenFlags.NONBLOCK));
        Memory.putLong(memory.address(), 1);
    }

    /// What to watch: it can be read when it is raised.
    public int descriptor() {
        return descriptor;
    }

    /// From any thread.
    public synchronized void raise() {
        if (!closed) {
            system.write(descriptor, memory.address(), Long.BYTES);
        }
    }

    /// From any thread.
    public synchronized void lower() {
        if (!closed) {
            system.read(descriptor, memory.address() + Long.BYTES, Long.BYTES);
        }
    }

    /// From any thread.
    public synchronized void close() {
        if (!closed) {
            closed = true;
            system.close(descriptor);
        }
    }
}
