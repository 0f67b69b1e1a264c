package bowline.linux.system;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// System calls of one thread, on plain descriptors and addresses. Each answers what the kernel does: a count or a
/// descriptor, or the negative of an [Errno]. Nothing is retried but what a signal interrupted.
///
/// One object for one thread at a time: what the last call failed by is kept in it.
public final class SystemCalls {
    private static final long FAILED = -1;
    private static final int AT_FDCWD = -100;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int P_PID = 1;
    private static final int P_PIDFD = 3;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int MAP_SHARED_POPULATED = 0x8001;
    private static final boolean PACKS_EPOLL_EVENTS = Machine.PRESENT == Machine.X86_64;
    private static final MethodHandle SYSCALL = link();
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

    private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());

    /// For one thread.
    public SystemCalls() {}

    @SuppressWarnings("restricted") // a call into the C library
    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        ValueLayout.OfLong argument = ValueLayout.JAVA_LONG;
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(argument, argument, argument, argument, argument, argument, argument, argument),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
    }

    private long call(SystemCall what, long a, long b, long c, long d, long e, long f) {
        long result;
        try {
            result = (long) SYSCALL.invokeExact(state, (long) what.number(), a, b, c, d, e, f);
        } catch (Throwable broken) {
            throw new AssertionError("system call " + what + " could not be made", broken);
        }
        return result == FAILED ? -(int) ERRNO.get(state, 0L) : result;
    }

    /// The same again for as long as a signal interrupts it.
    private long calmly(SystemCall what, long a, long b, long c, long d, long e, long f) {
        long result;
        do {
            result = call(what, a, b, c, d, e, f);
        } while (Errno.EINTR.is(result));
        return result;
    }

    // Descriptors

    /// read(2)
    public long read(int descriptor, long at, long count) {
        return calmly(SystemCall.READ, descriptor, at, count, 0, 0, 0);
    }

    /// write(2)
    public long write(int descriptor, long at, long count) {
        return calmly(SystemCall.WRITE, descriptor, at, count, 0, 0, 0);
    }

    /// close(2). On Linux the descriptor is gone even if a signal interrupts.
    public long close(int descriptor) {
        return call(SystemCall.CLOSE, descriptor, 0, 0, 0, 0, 0);
    }

    /// fcntl(2)
    public long fcntl(int descriptor, int command, long argument) {
        return calmly(SystemCall.FCNTL, descriptor, command, argument, 0, 0, 0);
    }

    /// fcntl(2) with `F_DUPFD_CLOEXEC`: the same under a number of its own, the lowest from `from` on.
    public long duplicate(int descriptor, int from) {
        return fcntl(descriptor, F_DUPFD_CLOEXEC, from);
    }

    /// openat(2), from the working directory.
    ///
    /// @param flags of [OpenFlags]
    public long open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return calmly(SystemCall.OPENAT, AT_FDCWD, arena.allocateFrom(path).address(), flags, 0, 0, 0);
        }
    }

    /// pipe2(2)
    ///
    /// @param ends address of two `int`: the end to read, and the end to write
    public long pipe(long ends, int flags) {
        return call(SystemCall.PIPE2, ends, flags, 0, 0, 0, 0);
    }

    /// splice(2), from a pipe to where the other descriptor stands.
    public long splice(int pipe, int to, long count, int flags) {
        return calmly(SystemCall.SPLICE, pipe, 0, to, 0, count, flags);
    }

    /// ioctl(2)
    public long control(int descriptor, long request, long argument) {
        return calmly(SystemCall.IOCTL, descriptor, request, argument, 0, 0, 0);
    }

    /// flock(2)
    public long lock(int descriptor, int operation) {
        return calmly(SystemCall.FLOCK, descriptor, operation, 0, 0, 0, 0);
    }

    /// eventfd2(2)
    public long eventfd(int first, int flags) {
        return call(SystemCall.EVENTFD2, first, flags, 0, 0, 0, 0);
    }

    // Files

    /// inotify_init1(2)
    public long inotify(int flags) {
        return call(SystemCall.INOTIFY_INIT1, flags, 0, 0, 0, 0, 0);
    }

    /// inotify_add_watch(2)
    ///
    /// @param path address of a text that ends with a zero
    public long watchFile(int inotify, long path, int events) {
        return calmly(SystemCall.INOTIFY_ADD_WATCH, inotify, path, events, 0, 0, 0);
    }

    /// inotify_rm_watch(2)
    public long unwatchFile(int inotify, int watch) {
        return call(SystemCall.INOTIFY_RM_WATCH, inotify, watch, 0, 0, 0, 0);
    }

    // Processes

    /// pidfd_open(2)
    public long openProcess(long pid) {
        return call(SystemCall.PIDFD_OPEN, pid, 0, 0, 0, 0, 0);
    }

    /// pidfd_send_signal(2)
    public long signal(int process, int number) {
        return call(SystemCall.PIDFD_SEND_SIGNAL, process, number, 0, 0, 0, 0);
    }

    /// waitid(2) for a process by its descriptor.
    ///
    /// @param info address of a `siginfo_t`, of 128 bytes
    public long awaitProcess(int process, long info, int options) {
        return calmly(SystemCall.WAITID, P_PIDFD, process, info, options, 0, 0);
    }

    /// kill(2)
    public long signalByNumber(long pid, int number) {
        return call(SystemCall.KILL, pid, number, 0, 0, 0, 0);
    }

    /// waitid(2) for a child by its number.
    ///
    /// @param info address of a `siginfo_t`, of 128 bytes
    public long awaitByNumber(long pid, long info, int options) {
        return calmly(SystemCall.WAITID, P_PID, pid, info, options, 0, 0);
    }

    /// sched_getaffinity(2) of the calling thread.
    ///
    /// @param mask address of a bit for each processor
    /// @return how many bytes of it were written
    public long processors(long mask, int bytes) {
        return call(SystemCall.SCHED_GETAFFINITY, 0, bytes, mask, 0, 0, 0);
    }

    /// sched_setaffinity(2) of the calling thread.
    ///
    /// @param mask address of a bit for each processor
    public long bindToProcessors(long mask, int bytes) {
        return call(SystemCall.SCHED_SETAFFINITY, 0, bytes, mask, 0, 0, 0);
    }

    // Sockets

    /// socket(2)
    public long socket(int family, int type, int protocol) {
        return call(SystemCall.SOCKET, family, type, protocol, 0, 0, 0);
    }

    /// bind(2)
    public long bind(int socket, long address, int length) {
        return call(SystemCall.BIND, socket, address, length, 0, 0, 0);
    }

    /// listen(2)
    public long listen(int socket, int backlog) {
        return call(SystemCall.LISTEN, socket, backlog, 0, 0, 0, 0);
    }

    /// accept4(2)
    ///
    /// @param length address of an `int`: the room for the peer's address, and afterwards its length
    public long accept(int socket, long address, long length, int flags) {
        return calmly(SystemCall.ACCEPT4, socket, address, length, flags, 0, 0);
    }

    /// connect(2). Never retried: once interrupted it goes on by itself.
    public long connect(int socket, long address, int length) {
        return call(SystemCall.CONNECT, socket, address, length, 0, 0, 0);
    }

    /// getsockname(2)
    public long localAddress(int socket, long address, long length) {
        return call(SystemCall.GETSOCKNAME, socket, address, length, 0, 0, 0);
    }

    /// getpeername(2)
    public long remoteAddress(int socket, long address, long length) {
        return call(SystemCall.GETPEERNAME, socket, address, length, 0, 0, 0);
    }

    /// setsockopt(2)
    public long setOption(int socket, int level, int option, long at, int length) {
        return call(SystemCall.SETSOCKOPT, socket, level, option, at, length, 0);
    }

    /// getsockopt(2)
    ///
    /// @param length address of an `int`: the room, and afterwards the length
    public long getOption(int socket, int level, int option, long at, long length) {
        return call(SystemCall.GETSOCKOPT, socket, level, option, at, length, 0);
    }

    /// shutdown(2)
    public long shutdown(int socket, int how) {
        return call(SystemCall.SHUTDOWN, socket, how, 0, 0, 0, 0);
    }

    /// recvfrom(2)
    ///
    /// @param address where to write the sender's address, or 0
    /// @param length address of an `int`, as for [#accept], or 0
    public long receive(int socket, long at, long count, int flags, long address, long length) {
        return calmly(SystemCall.RECVFROM, socket, at, count, flags, address, length);
    }

    /// sendto(2)
    ///
    /// @param address where to, or 0
    public long send(int socket, long at, long count, int flags, long address, int length) {
        return calmly(SystemCall.SENDTO, socket, at, count, flags, address, length);
    }

    /// sendmsg(2)
    ///
    /// @param message address of a `struct msghdr`
    public long sendMessage(int socket, long message, int flags) {
        return calmly(SystemCall.SENDMSG, socket, message, flags, 0, 0, 0);
    }

    /// recvmsg(2)
    ///
    /// @param message address of a `struct msghdr`
    public long receiveMessage(int socket, long message, int flags) {
        return calmly(SystemCall.RECVMSG, socket, message, flags, 0, 0, 0);
    }

    /// recvmmsg(2), without a time limit.
    ///
    /// @param messages address of `count` times a `struct mmsghdr`
    public long receiveMessages(int socket, long messages, int count, int flags) {
        return calmly(SystemCall.RECVMMSG, socket, messages, count, flags, 0, 0);
    }

    /// sendmmsg(2)
    ///
    /// @param messages address of `count` times a `struct mmsghdr`
    public long sendMessages(int socket, long messages, int count, int flags) {
        return calmly(SystemCall.SENDMMSG, socket, messages, count, flags, 0, 0);
    }

    // Memory

    /// mmap(2) for reading and writing: of a descriptor's memory, shared, or of new zeros if it is -1.
    public long map(long count, int descriptor, long offset) {
        return call(
                SystemCall.MMAP,
                0,
                count,
                PROT_READ_WRITE,
                descriptor < 0 ? MAP_PRIVATE_ANONYMOUS : MAP_SHARED_POPULATED,
                descriptor,
                offset);
    }

    /// munmap(2)
    public long unmap(long at, long count) {
        return call(SystemCall.MUNMAP, at, count, 0, 0, 0, 0);
    }

    // io_uring

    /// io_uring_setup(2)
    ///
    /// @param parameters address of a `struct io_uring_params`
    public long uringSetup(int entries, long parameters) {
        return call(SystemCall.IO_URING_SETUP, entries, parameters, 0, 0, 0, 0);
    }

    /// io_uring_enter(2), interruptible.
    public long uringEnter(int ring, int submitted, int awaited, int flags, long argument, int length) {
        return call(SystemCall.IO_URING_ENTER, ring, submitted, awaited, flags, argument, length);
    }

    /// io_uring_register(2)
    public long uringRegister(int ring, int operation, long argument, int count) {
        return call(SystemCall.IO_URING_REGISTER, ring, operation, argument, count, 0, 0);
    }

    // epoll

    /// epoll_create1(2)
    public long epollCreate(int flags) {
        return call(SystemCall.EPOLL_CREATE1, flags, 0, 0, 0, 0, 0);
    }

    /// epoll_ctl(2)
    ///
    /// @param event address of a `struct epoll_event`
    public long epollControl(int epoll, int operation, int descriptor, long event) {
        return call(SystemCall.EPOLL_CTL, epoll, operation, descriptor, event, 0, 0);
    }

    /// epoll_pwait(2), interruptible.
    ///
    /// @param millis how long at most; without end if it is negative
    public long epollWait(int epoll, long events, int most, int millis) {
        return call(SystemCall.EPOLL_PWAIT, epoll, events, most, millis, 0, 0);
    }

    /// epoll_pwait2(2), interruptible.
    ///
    /// @param time address of a `struct timespec`; 0 for a wait without end
    public long epollWaitPrecisely(int epoll, long events, int most, long time) {
        return call(SystemCall.EPOLL_PWAIT2, epoll, events, most, time, 0, 0);
    }

    /// How many bytes lie between one `struct epoll_event` and the next.
    public static int epollEventBytes() {
        return PACKS_EPOLL_EVENTS ? 12 : 16;
    }

    /// Where the data of a `struct epoll_event` begin.
    public static int epollDataOffset() {
        return PACKS_EPOLL_EVENTS ? 4 : 8;
    }
}
