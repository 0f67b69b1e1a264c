package bowline.linux.epoll;

import bowline.linux.socket.DescriptorHandler;
import bowline.linux.socket.Poller;
import bowline.linux.socket.WakeUp;
import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.OpenFlags;
import bowline.linux.system.SystemCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One epoll instance, who cares about which descriptor, and what ends a wait from outside.
///
/// A descriptor's number may be taken by a new one while events of the old one are still to be handed out, so each
/// event carries how many owners the number has had (LOP-4).
final class Epoll implements Poller {
    private static final int CTL_ADD = 1;
    private static final int CTL_DELETE = 2;
    private static final int CTL_MODIFY = 3;

    /// Most events taken at once; what is beyond comes with the next wait.
    private static final int EVENTS_MAX = 512;

    private static final int EVENT_BYTES = SystemCalls.epollEventBytes();
    private static final int DATA = SystemCalls.epollDataOffset();
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final SystemCalls system;
    private final Waiting waiting;
    private final Waiting waitingBeside;
    private final WakeUp wakeUp;
    private final int epoll;
    private final MemorySegment controlMemory = Arena.ofAuto().allocate(EVENT_BYTES, 16);
    private final long control = controlMemory.address();

    private @Nullable DescriptorHandler[] handlers = new DescriptorHandler[64];
    private int[] owners = new int[64];
    private final BitSet copied = new BitSet();
    private boolean ended;

    Epoll(SystemCalls system) throws IOException {
        this.system = system;
        epoll = (int) Errno.check(system.epollCreate(OpenFlags.CLOEXEC));
        waiting = new Waiting(system);
        waitingBeside = new Waiting(new SystemCalls());
        try {
            wakeUp = new WakeUp(system);
        } catch (IOException none) {
            system.close(epoll);
            throw none;
        }
        try {
            control(CTL_ADD, wakeUp.descriptor(), IN);
        } catch (IOException full) { // no memory, or /proc/sys/fs/epoll/max_user_watches is reached
            closing().run();
            throw full;
        }
    }

    /// What one thread waits with.
    private final class Waiting {
        private final SystemCalls caller;
        private final MemorySegment memory = Arena.ofAuto().allocate((long) EVENTS_MAX * EVENT_BYTES + 16, 16);
        private final long events = memory.address();
        private final long time = events + (long) EVENTS_MAX * EVENT_BYTES;
        private boolean precise = true;

        Waiting(SystemCalls caller) {
            this.caller = caller;
        }

        /// Waits; negative time is without end.
        ///
        /// @return how many events there are
        int await(long nanos) throws IOException {
            long count = precise ? awaitPrecisely(nanos) : awaitMillis(nanos);
            if (precise && (Errno.ENOSYS.is(count) || Errno.EPERM.is(count))) {
                precise = false; // a kernel before 5.11, or a seccomp filter that does not know the call
                count = awaitMillis(nanos);
            }
            return Errno.EINTR.is(count) ? 0 : (int) Errno.check(count);
        }

        private long awaitPrecisely(long nanos) {
            if (nanos < 0) {
                return caller.epollWaitPrecisely(epoll, events, EVENTS_MAX, 0);
            }
            Memory.putLong(time, nanos / NANOS_PER_SECOND);
            Memory.putLong(time + Long.BYTES, nanos % NANOS_PER_SECOND);
            return caller.epollWaitPrecisely(epoll, events, EVENTS_MAX, time);
        }

        /// Rounded up: a call must not be early.
        private long awaitMillis(long nanos) {
            long millis = nanos < 0 ? -1 : Math.min(Integer.MAX_VALUE, Math.ceilDiv(nanos, NANOS_PER_MILLI));
            return caller.epollWait(epoll, events, EVENTS_MAX, (int) millis);
        }
    }

    // Who cares about what

    @Override
    public void own(int descriptor, DescriptorHandler handler) {
        if (descriptor >= handlers.length) {
            int size = Math.max(descriptor + 1, 2 * handlers.length);
            handlers = Arrays.copyOf(handlers, size);
            owners = Arrays.copyOf(owners, size);
        }
        handlers[descriptor] = handler;
        owners[descriptor]++;
        copied.clear(descriptor);
    }

    @Override
    public void hasCopies(int descriptor) {
        copied.set(descriptor);
    }

    @Override
    public void disown(int descriptor) {
        if (descriptor < handlers.length) {
            handlers[descriptor] = null;
        }
        if (copied.get(descriptor) && !ended) {
            // The kernel would tell of it for as long as a copy is open anywhere. It may not be watched: no matter.
            system.epollControl(epoll, CTL_DELETE, descriptor, 0);
        }
    }

    @Override
    public void watch(int descriptor, int before, int wanted) throws IOException {
        if (ended) {
            throw new IOException("the reactor has ended"); // and the number of the instance may be another's
        }
        int operation = before == 0 ? CTL_ADD : wanted == 0 ? CTL_DELETE : CTL_MODIFY;
        if (before != wanted) {
            control(operation, descriptor, wanted);
        }
    }

    private void control(int operation, int descriptor, int events) throws IOException {
        Memory.putInt(control, events);
        Memory.putInt(control + DATA, descriptor);
        Memory.putInt(control + DATA + Integer.BYTES, descriptor < owners.length ? owners[descriptor] : 0);
        Errno.check(system.epollControl(epoll, operation, descriptor, control));
    }

    /// All who care about something.
    List<DescriptorHandler> handlers() {
        var present = new ArrayList<DescriptorHandler>();
        for (DescriptorHandler handler : handlers) {
            if (handler != null) {
                present.add(handler);
            }
        }
        return present;
    }

    // Waiting

    /// Told of each handler that has events.
    @FunctionalInterface
    interface Dispatch {
        /// Calls it.
        void ready(DescriptorHandler handler, int events);
    }

    /// Waits, and hands out what has come.
    ///
    /// @param nanos how long at most; without end if negative
    void wait(long nanos, Dispatch dispatch) throws IOException {
        int count = waiting.await(nanos);
        for (int i = 0; i < count; i++) {
            long event = waiting.events + (long) i * EVENT_BYTES;
            int descriptor = Memory.getInt(event + DATA);
            if (descriptor == wakeUp.descriptor()) {
                wakeUp.lower();
                continue;
            }
            DescriptorHandler handler = handlers[descriptor];
            if (handler != null && owners[descriptor] == Memory.getInt(event + DATA + Integer.BYTES)) {
                dispatch.ready(handler, Memory.getInt(event));
            }
        }
    }

    /// Waits and leaves all that has come for [#wait]. On another thread than that.
    void waitBeside(long nanos) throws IOException {
        waitingBeside.await(nanos);
    }

    /// Ends a present or coming wait. From any thread.
    void wake() {
        wakeUp.raise();
    }

    /// There is no wait any more.
    void end() {
        ended = true;
    }

    /// What lets its descriptors go. It knows no handlers.
    Runnable closing() {
        return new Closing(system, epoll, wakeUp);
    }

    private record Closing(SystemCalls system, int epoll, WakeUp wakeUp) implements Runnable {
        @Override
        public void run() {
            wakeUp.close();
            system.close(epoll);
        }
    }
}
