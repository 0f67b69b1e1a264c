package bowline.linux.uring;

import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.SystemCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The two queues that are shared with the kernel (io_uring(7)): entries go in, completions come out.
///
/// Made on any thread; it belongs to the one that enters it first. An entry is filled where it lies, and the kernel
/// sees it at the next [#enter].
final class Ring {
    // Where the fields of an entry lie (struct io_uring_sqe)
    static final int OPCODE = 0;
    static final int FLAGS = 1;
    static final int PRIORITY = 2;
    static final int DESCRIPTOR = 4;
    static final int OFFSET = 8;
    static final int ADDRESS = 16;
    static final int LENGTH = 24;
    static final int OPERATION_FLAGS = 28;
    static final int USER_DATA = 32;
    static final int BUFFER_GROUP = 40;

    // Where those of a completion lie (struct io_uring_cqe)
    static final int RESULT = 8;
    static final int RESULT_FLAGS = 12;

    private static final int ENTRY_BYTES = 64;
    private static final int COMPLETION_BYTES = 16;

    // struct io_uring_params
    private static final int PARAMETERS_BYTES = 120;
    private static final int COMPLETION_COUNT = 4;
    private static final int SETUP_FLAGS = 8;
    private static final int ENTRIES_AT = 40;
    private static final int COMPLETIONS_AT = 80;

    private static final int SETUP_CQSIZE = 1 << 3;
    private static final int SETUP_CLAMP = 1 << 4;
    private static final int SETUP_R_DISABLED = 1 << 6;
    private static final int SETUP_SUBMIT_ALL = 1 << 7;
    private static final int SETUP_COOP_TASKRUN = 1 << 8;
    private static final int SETUP_SINGLE_ISSUER = 1 << 12;
    private static final int SETUP_DEFER_TASKRUN = 1 << 13;
    private static final int SETUP_NO_SQARRAY = 1 << 16;

    private static final int SETUP_ALWAYS =
            SETUP_CQSIZE | SETUP_CLAMP | SETUP_R_DISABLED | SETUP_SUBMIT_ALL | SETUP_SINGLE_ISSUER;

    /// What spares the most work, with what the kernel must be for it, and last what every kernel has that receives
    /// more than once by one entry: 6.6, 6.1, 6.0.
    private static final List<Integer> SETUPS = List.of(
            SETUP_ALWAYS | SETUP_DEFER_TASKRUN | SETUP_NO_SQARRAY,
            SETUP_ALWAYS | SETUP_DEFER_TASKRUN,
            SETUP_ALWAYS | SETUP_COOP_TASKRUN);

    private static final long ENTRIES_OFFSET = 0x10000000L;

    private static final int CQ_OVERFLOW = 1 << 1;
    private static final int ENTER_GETEVENTS = 1;
    private static final int ENTER_EXT_ARG = 1 << 3;
    private static final int REGISTER_ENABLE_RINGS = 12;

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final SystemCalls system;
    private final int descriptor;
    private final MemorySegment scratch = Arena.ofAuto().allocate(PARAMETERS_BYTES + 64L, 16);
    private final long argument = scratch.address() + PARAMETERS_BYTES + 8;
    private final long time = argument + 24;

    private final long queues;
    private final long queuesBytes;
    private final long entries;
    private final long entriesBytes;

    private final long entriesHead;
    private final long entriesTail;
    private final long entriesFlags;
    private final int entriesMask;
    private final long completions;
    private final long completionsHead;
    private final long completionsTail;
    private final int completionsMask;

    private boolean enabled;
    private boolean closed;
    private int tail;
    private int submitted;

    Ring(SystemCalls system, RingSetup setup) throws IOException {
        this.system = system;
        long parameters = scratch.address();
        descriptor = setUp(parameters, setup);
        int entryCount = Memory.getInt(parameters);
        int completionCount = Memory.getInt(parameters + COMPLETION_COUNT);
        long entriesAt = parameters + ENTRIES_AT;
        long completionsAt = parameters + COMPLETIONS_AT;
        queuesBytes = Math.max(
                Memory.getInt(entriesAt + 24) + (long) entryCount * Integer.BYTES,
                Memory.getInt(completionsAt + 20) + (long) completionCount * COMPLETION_BYTES);
        entriesBytes = (long) entryCount * ENTRY_BYTES;
        queues = mapped(queuesBytes, 0);
        try {
            entries = mapped(entriesBytes, ENTRIES_OFFSET);
        } catch (IOException none) {
            system.unmap(queues, queuesBytes);
            throw none;
        }

        entriesHead = queues + Memory.getInt(entriesAt);
        entriesTail = queues + Memory.getInt(entriesAt + 4);
        entriesFlags = queues + Memory.getInt(entriesAt + 16);
        entriesMask = Memory.getInt(queues + Memory.getInt(entriesAt + 8));
        completionsHead = queues + Memory.getInt(completionsAt);
        completionsTail = queues + Memory.getInt(completionsAt + 4);
        completionsMask = Memory.getInt(queues + Memory.getInt(completionsAt + 8));
        completions = queues + Memory.getInt(completionsAt + 20);
        if ((Memory.getInt(parameters + SETUP_FLAGS) & SETUP_NO_SQARRAY) == 0) {
            fillIndirection(queues + Memory.getInt(entriesAt + 24), entryCount);
        }
    }

    /// With as much of what spares work as the kernel knows.
    private int setUp(long parameters, RingSetup setup) throws IOException {
        long ring = -1;
        for (int flags : SETUPS) {
            if (setup.deferred() || (flags & SETUP_DEFER_TASKRUN) == 0) {
                ring = setUp(parameters, setup, flags);
                if (!Errno.EINVAL.is(ring)) {
                    break;
                }
            }
        }
        if (ring < 0) {
            throw new IOException(RingRefusal.here(ring).reason());
        }
        return (int) ring;
    }

    private long setUp(long parameters, RingSetup setup, int flags) {
        Memory.zero(parameters, PARAMETERS_BYTES);
        Memory.putInt(parameters + COMPLETION_COUNT, setup.completions());
        Memory.putInt(parameters + SETUP_FLAGS, flags);
        return system.uringSetup(setup.entries(), parameters);
    }

    private long mapped(long bytes, long offset) throws IOException {
        long at = system.map(bytes, descriptor, offset);
        if (at < 0) {
            system.close(descriptor);
        }
        return Errno.check(at);
    }

    private static void fillIndirection(long array, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putInt(array + (long) i * Integer.BYTES, i);
        }
    }

    int descriptor() {
        return descriptor;
    }

    // Entries

    /// A new entry, all zeros but for what is given. If there is no room, the kernel takes those that are there
    /// first.
    long entry(int opcode, int about, long userData) throws IOException {
        if (tail - Memory.getIntAcquire(entriesHead) > entriesMask) {
            submit();
        }
        long at = entries + (long) (tail++ & entriesMask) * ENTRY_BYTES;
        Memory.zero(at, ENTRY_BYTES);
        Memory.putByte(at + OPCODE, opcode);
        Memory.putInt(at + DESCRIPTOR, about);
        Memory.putLong(at + USER_DATA, userData);
        return at;
    }

    /// Hands the kernel the new entries, and waits for nothing. What can be done at once is done then.
    void submit() throws IOException {
        enable();
        int count = publish();
        if (count == 0) {
            return;
        }
        long taken = system.uringEnter(descriptor, count, 0, 0, 0, 0);
        submitted = Memory.getIntAcquire(entriesHead);
        if (Errno.check(taken) < count) {
            throw new IOException("io_uring took " + taken + " of " + count + " entries");
        }
    }

    /// The number of the newest entry; the next one has the next number.
    int newest() {
        return tail - 1;
    }

    /// Whether the kernel has taken the entry of that number.
    boolean hasTaken(int number) {
        return submitted - number > 0;
    }

    /// Whether there are completions that found no room in the queue. They come when there is, with the next enter.
    boolean overflowed() {
        return (Memory.getIntAcquire(entriesFlags) & CQ_OVERFLOW) != 0;
    }

    private int publish() {
        Memory.putIntRelease(entriesTail, tail);
        return tail - submitted;
    }

    /// The calling thread is the ring's from now on.
    void enable() throws IOException {
        if (!enabled) {
            Errno.check(system.uringRegister(descriptor, REGISTER_ENABLE_RINGS, 0, 0));
            enabled = true;
        }
    }

    /// Whether a thread has entered it, which it belongs to from then on; no more once it is closed.
    boolean enabled() {
        return enabled;
    }

    boolean closed() {
        return closed;
    }

    // Entering

    /// Hands the kernel the new entries and waits for a completion.
    ///
    /// @param nanos how long at most: 0 not at all, negative without end
    void enter(long nanos) throws IOException {
        enter(nanos, nanos == 0 || first() != end() ? 0 : 1);
    }

    /// Waits for one more completion than there are, without end.
    void enterForOneMore() throws IOException {
        enter(-1, end() - first() + 1);
    }

    private void enter(long nanos, int awaited) throws IOException {
        enable();
        long argumentAt = 0;
        int flags = ENTER_GETEVENTS;
        if (awaited > 0 && nanos > 0) {
            Memory.putLong(time, nanos / NANOS_PER_SECOND);
            Memory.putLong(time + Long.BYTES, nanos % NANOS_PER_SECOND);
            Memory.zero(argument, 24);
            Memory.putLong(argument + 16, time);
            argumentAt = argument;
            flags |= ENTER_EXT_ARG;
        }
        int count = publish();
        long result = system.uringEnter(descriptor, count, awaited, flags, argumentAt, argumentAt == 0 ? 0 : 24);
        submitted = Memory.getIntAcquire(entriesHead); // whatever was answered: that is what was taken
        boolean calm = result >= 0
                || Errno.ETIME.is(result)
                || Errno.EINTR.is(result)
                || Errno.EAGAIN.is(result)
                || Errno.EBUSY.is(result);
        if (!calm) {
            Errno.check(result);
        }
    }

    // Completions

    /// The number of the first completion that waits.
    int first() {
        return Memory.getInt(completionsHead);
    }

    /// The number behind the last one.
    int end() {
        return Memory.getIntAcquire(completionsTail);
    }

    /// Whether there is no room for one more; the kernel keeps what comes then until there is.
    boolean isFull() {
        return end() - first() > completionsMask;
    }

    /// Where the completion of that number lies.
    long completion(int number) {
        return completions + (long) (number & completionsMask) * COMPLETION_BYTES;
    }

    /// All completions before this number are done with.
    void doneBefore(int number) {
        Memory.putIntRelease(completionsHead, number);
    }

    /// Nothing must be entered from now on, for the memory is no more ours.
    void close() {
        closed = true;
        enabled = false;
        system.unmap(entries, entriesBytes);
        system.unmap(queues, queuesBytes);
        system.close(descriptor);
    }
}
