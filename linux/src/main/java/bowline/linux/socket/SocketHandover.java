package bowline.linux.socket;

import bowline.failure.Failure;
import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.SocketOptionName;
import bowline.linux.system.SystemCalls;
import bowline.log.Logger;
import bowline.reactor.InheritedPorts;
import bowline.reactor.OpenPort;
import bowline.reactor.Reactor;
import bowline.reactor.loop.AbstractSocketAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The ports of one reactor on their way from process to process: what it got from a predecessor, and what it has for a
/// successor.
final class SocketHandover {
    private static final Logger log = Logger.of(Reactor.class);

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int STANDARD = 3;
    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;

    private final DescriptorReactor reactor;
    /// In the order in which they were opened, so that of several at a port that the system picks each finds its
    /// own.
    private final Set<HandedSocket> open = new LinkedHashSet<>();

    private InheritedPorts inherited = new InheritedPorts();

    SocketHandover(DescriptorReactor reactor) {
        this.reactor = reactor;
    }

    /// How both processes call a port, from the address that was asked for.
    ///
    /// @param protocol of Internet addresses, as in `tcp`
    static String name(String protocol, SocketAddress wanted) {
        return switch (wanted) {
            case InetSocketAddress internet ->
                protocol + " " + internet.getAddress().getHostAddress() + " " + internet.getPort();
            case AbstractSocketAddress name -> "abstract " + name.name();
            default -> "unix " + wanted;
        };
    }

    // From a predecessor

    /// From here on no child gets them unasked.
    void inherit(InheritedPorts ports) {
        inherited = ports;
        ports.descriptors().forEach(descriptor -> system().fcntl(descriptor, F_SETFD, FD_CLOEXEC));
    }

    boolean has(String name) {
        return inherited.has(name);
    }

    /// The socket of that name; or [InheritedPorts#NONE].
    int take(String name) {
        return inherited.take(name);
    }

    void answer(int descriptor, ByteBuffer bytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            ByteBuffer copy = arena.allocate(bytes.remaining()).asByteBuffer().put(bytes.duplicate());
            Errno.check(system().write(descriptor, Memory.addressOf(copy.flip()), copy.remaining()));
        }
    }

    // For a successor

    void opened(HandedSocket port) {
        open.add(port);
    }

    void closed(HandedSocket port) {
        open.remove(port);
    }

    List<OpenPort> openPorts() throws IOException {
        List<OpenPort> copies = new ArrayList<>();
        try {
            for (HandedSocket port : open) {
                copies.add(new OpenPort(port.name(), reactor.sockets().duplicate(port.descriptor())));
            }
            return copies;
        } catch (IOException exhausted) {
            copies.forEach(copy -> reactor.sockets().close(copy.descriptor()));
            throw exhausted;
        }
    }

    void handedOver(long pid) {
        open.forEach(port -> port.handedOver(pid));
    }

    /// Listening sockets that are passed on to whatever program is started next, as copies by their numbers.
    Map<Integer, Integer> startedWith() {
        Map<Integer, Integer> copies = new TreeMap<>();
        try {
            for (int descriptor : passedOn()) {
                copies.put(descriptor, reactor.sockets().duplicate(descriptor));
            }
        } catch (IOException refused) {
            log.warn(
                    "a successor would not get all that this process was started with: {reason}",
                    Failure.of(refused).message());
        }
        return copies;
    }

    private List<Integer> passedOn() throws IOException {
        try (var all = Files.list(DESCRIPTORS)) {
            return all.map(entry -> Integer.parseInt(entry.getFileName().toString()))
                    .filter(descriptor -> descriptor >= STANDARD && isPassedOn(descriptor) && listens(descriptor))
                    .toList();
        }
    }

    private boolean isPassedOn(int descriptor) {
        return system().fcntl(descriptor, F_GETFD, 0) == 0;
    }

    private boolean listens(int descriptor) {
        try {
            return reactor.sockets().option(descriptor, SocketOptionName.ACCEPTS) != 0;
        } catch (IOException noSocket) {
            return false;
        }
    }

    private SystemCalls system() {
        return reactor.system();
    }
}
