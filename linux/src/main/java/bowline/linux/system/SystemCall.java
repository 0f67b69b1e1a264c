package bowline.linux.system;

/// A system call by its name, with its number on each kind of processor, as in the kernel's `syscall_64.tbl` and
/// `asm-generic/unistd.h`. Sorted by name.
enum SystemCall {
    ACCEPT4(288, 242),
    BIND(49, 200),
    CLOSE(3, 57),
    CONNECT(42, 203),
    EPOLL_CREATE1(291, 20),
    EPOLL_CTL(233, 21),
    EPOLL_PWAIT(281, 22),
    EPOLL_PWAIT2(441),
    EVENTFD2(290, 19),
    FCNTL(72, 25),
    FLOCK(73, 32),
    GETPEERNAME(52, 205),
    GETSOCKNAME(51, 204),
    GETSOCKOPT(55, 209),
    INOTIFY_ADD_WATCH(254, 27),
    INOTIFY_INIT1(294, 26),
    INOTIFY_RM_WATCH(255, 28),
    IOCTL(16, 29),
    IO_URING_ENTER(426),
    IO_URING_REGISTER(427),
    IO_URING_SETUP(425),
    KILL(62, 129),
    LISTEN(50, 201),
    MMAP(9, 222),
    MUNMAP(11, 215),
    OPENAT(257, 56),
    PIDFD_OPEN(434),
    PIDFD_SEND_SIGNAL(424),
    PIPE2(293, 59),
    READ(0, 63),
    RECVFROM(45, 207),
    RECVMMSG(299, 243),
    RECVMSG(47, 212),
    SCHED_GETAFFINITY(204, 123),
    SCHED_SETAFFINITY(203, 122),
    SENDMMSG(307, 269),
    SENDMSG(46, 211),
    SENDTO(44, 206),
    SETSOCKOPT(54, 208),
    SHUTDOWN(48, 210),
    SOCKET(41, 198),
    SPLICE(275, 76),
    WAITID(247, 95),
    WRITE(1, 64);

    private final int x86;
    private final int aarch;
    private final int here;

    /// One that is so new that it has the same number everywhere: from 424 on.
    SystemCall(int number) {
        this(number, number);
    }

    SystemCall(int x86, int aarch) {
        this.x86 = x86;
        this.aarch = aarch;
        here = number(Machine.PRESENT);
    }

    /// Its number on the processor that this JVM runs on.
    int number() {
        return here;
    }

    /// Its number on that kind of processor.
    int number(Machine machine) {
        return switch (machine) {
            case X86_64 -> x86;
            case AARCH64 -> aarch;
        };
    }
}
