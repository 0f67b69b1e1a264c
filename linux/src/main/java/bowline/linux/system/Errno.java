package bowline.linux.system;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Why a system call failed (errno(3)): number, name, what it means in words, and the Java exception that says the
/// same. Both machines that we know share the numbers.
public enum Errno {
    /// Not permitted.
    EPERM(1, "Operation not permitted"),
    /// No such file or directory.
    ENOENT(2, "No such file or directory"),
    /// A signal came in between.
    EINTR(4, "Interrupted system call"),
    /// Input or output failed.
    EIO(5, "Input/output error"),
    /// No such device, or none behind its file.
    ENXIO(6, "No such device or address"),
    /// Not an open descriptor.
    EBADF(9, "Bad file descriptor"),
    /// It would have to wait.
    EAGAIN(11, "Resource temporarily unavailable"),
    /// No memory.
    ENOMEM(12, "Cannot allocate memory"),
    /// No right to do so.
    EACCES(13, "Permission denied"),
    /// Not an address of this process.
    EFAULT(14, "Bad address"),
    /// Somebody else uses it.
    EBUSY(16, "Device or resource busy"),
    /// There already.
    EEXIST(17, "File exists"),
    /// No such device.
    ENODEV(19, "No such device"),
    /// Not a directory.
    ENOTDIR(20, "Not a directory"),
    /// An argument makes no sense.
    EINVAL(22, "Invalid argument"),
    /// The system has no descriptor left.
    ENFILE(23, "Too many open files in system"),
    /// The process has no descriptor left.
    EMFILE(24, "Too many open files"),
    /// Not a thing that can be asked for that.
    ENOTTY(25, "Inappropriate ioctl for device"),
    /// No space on the device.
    ENOSPC(28, "No space left on device"),
    /// The other end of a pipe is closed.
    EPIPE(32, "Broken pipe"),
    /// The kernel does not know the call.
    ENOSYS(38, "Function not implemented"),
    /// It did not happen in time.
    ETIME(62, "Timer expired"),
    /// Not a socket.
    ENOTSOCK(88, "Socket operation on non-socket"),
    /// Where to is missing.
    EDESTADDRREQ(89, "Destination address required"),
    /// A datagram longer than the socket sends.
    EMSGSIZE(90, "Message too long"),
    /// The socket has no such option.
    ENOPROTOOPT(92, "Protocol not available"),
    /// No such protocol.
    EPROTONOSUPPORT(93, "Protocol not supported"),
    /// Not possible here.
    EOPNOTSUPP(95, "Operation not supported"),
    /// Addresses of this kind are not known here.
    EAFNOSUPPORT(97, "Address family not supported by protocol"),
    /// Somebody else has the address.
    EADDRINUSE(98, "Address already in use"),
    /// This machine has no such address.
    EADDRNOTAVAIL(99, "Cannot assign requested address"),
    /// The network is down.
    ENETDOWN(100, "Network is down"),
    /// No route to that network.
    ENETUNREACH(101, "Network is unreachable"),
    /// Given up before it was accepted.
    ECONNABORTED(103, "Software caused connection abort"),
    /// The peer has reset it.
    ECONNRESET(104, "Connection reset by peer"),
    /// No room in the system's buffers.
    ENOBUFS(105, "No buffer space available"),
    /// Connected already.
    EISCONN(106, "Transport endpoint is already connected"),
    /// Not connected.
    ENOTCONN(107, "Transport endpoint is not connected"),
    /// No answer in time.
    ETIMEDOUT(110, "Connection timed out"),
    /// Nobody listens there.
    ECONNREFUSED(111, "Connection refused"),
    /// The host is down.
    EHOSTDOWN(112, "Host is down"),
    /// No way to that host.
    EHOSTUNREACH(113, "No route to host"),
    /// Begun already.
    EALREADY(114, "Operation already in progress"),
    /// Begun, and not done yet.
    EINPROGRESS(115, "Operation now in progress"),
    /// Called off.
    ECANCELED(125, "Operation canceled");

    private static final Map<Integer, Errno> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Errno::number, each -> each));

    private final int number;
    private final String meaning;

    Errno(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /// What the kernel calls it.
    public int number() {
        return number;
    }

    /// Whether a system call answered so.
    ///
    /// @param result what a method of [SystemCalls] answered
    public boolean is(long result) {
        return result == -number;
    }

    /// Name and text of what a system call answered, as in `Connection refused (ECONNREFUSED)`.
    ///
    /// @param result less than 0
    public static String text(long result) {
        Errno known = of(result);
        return known == null ? "error number " + -result + " of the system" : known.meaning + " (" + known.name() + ")";
    }

    private static @Nullable Errno of(long result) {
        return BY_NUMBER.get((int) -result);
    }

    /// The exception for what a system call answered.
    ///
    /// @param result less than 0
    public static IOException exception(long result) {
        String text = text(result);
        return switch (of(result)) {
            case EADDRINUSE, EADDRNOTAVAIL -> new BindException(text);
            case ECONNREFUSED, ETIMEDOUT -> new ConnectException(text);
            case EHOSTUNREACH, ENETUNREACH -> new NoRouteToHostException(text);
            case null, default -> new IOException(text);
        };
    }

    /// The exception for a datagram that nobody took.
    static IOException unreachable() {
        return new PortUnreachableException(text(-ECONNREFUSED.number));
    }

    /// `result` itself, unless it is an error.
    ///
    /// @throws IOException if it is less than 0
    public static long check(long result) throws IOException {
        if (result < 0) {
            throw exception(result);
        }
        return result;
    }
}
