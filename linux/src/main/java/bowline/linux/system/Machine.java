package bowline.linux.system;

/// A kind of processor that we know: its numbers of system calls, and where its structures differ.
///
/// @param numbers of its system calls
/// @param packsEpollEvents whether `struct epoll_event` has no gap before its data, and so 12 bytes in place of 16
record Machine(Numbers numbers, boolean packsEpollEvents) {
    /// `epoll_pwait2` (Linux 5.11). What is as new as this has one number everywhere.
    static final int EPOLL_PWAIT2 = 441;

    /// `pidfd_send_signal` (Linux 5.1)
    static final int PIDFD_SEND_SIGNAL = 424;
    /// `pidfd_open` (Linux 5.3)
    static final int PIDFD_OPEN = 434;

    /// `io_uring_setup`
    static final int URING_SETUP = 425;
    /// `io_uring_enter`
    static final int URING_ENTER = 426;
    /// `io_uring_register`
    static final int URING_REGISTER = 427;

    private static final Machine X86_64 = new Machine(
            new Numbers(
                    0, 1, 3, 41, 49, 50, 288, 42, 51, 52, 54, 55, 48, 44, 45, 46, 47, 290, 291, 233, 281, 72, 9, 11,
                    293, 257, 16, 247),
            true);

    private static final Machine AARCH64 = new Machine(
            new Numbers(
                    63, 64, 57, 198, 200, 201, 242, 203, 204, 205, 208, 209, 210, 206, 207, 211, 212, 19, 20, 21, 22,
                    25, 222, 215, 59, 56, 29, 95),
            false);

    /// The one that this JVM runs on.
    ///
    /// @throws UnsupportedOperationException if it is none of these
    static Machine present() {
        String name = System.getProperty("os.arch", "unknown");
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default ->
                throw new UnsupportedOperationException(
                        "its system calls are known for x86-64 and aarch64 only, and this is " + name);
        };
    }

    /// Numbers of system calls, as in the kernel's `syscall_64.tbl` and `asm-generic/unistd.h`.
    record Numbers(
            int read,
            int write,
            int close,
            int socket,
            int bind,
            int listen,
            int accept4,
            int connect,
            int getsockname,
            int getpeername,
            int setsockopt,
            int getsockopt,
            int shutdown,
            int sendto,
            int recvfrom,
            int sendmsg,
            int recvmsg,
            int eventfd2,
            int epollCreate1,
            int epollCtl,
            int epollPwait,
            int fcntl,
            int mmap,
            int munmap,
            int pipe2,
            int openat,
            int ioctl,
            int waitid) {}
}
