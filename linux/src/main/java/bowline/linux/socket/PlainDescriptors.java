package bowline.linux.socket;

import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.OpenFlags;
import bowline.linux.system.SystemCalls;
import bowline.log.LogContext;
import bowline.reactor.Descriptor;
import bowline.reactor.DescriptorChannel;
import bowline.reactor.loop.Watches;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The plain descriptors that the program brings to a reactor (section 16): watches them, and reads and writes them.
final class PlainDescriptors {
    private static final int CTL_ADD = 1;
    private static final int EVENT_BYTES = 16;

    /// Most bytes read or written at once that are not in direct memory.
    private static final int COPY_MAX_BYTES = 65_536;

    private final DescriptorReactor reactor;
    private final UnaryOperator<LogContext> enter;
    private final Map<Integer, PlainWatch> present = new LinkedHashMap<>();
    private final Watches watches = new Watches(Descriptor::fileno, this::watch);
    private @Nullable ByteBuffer memory;
    private int looked;

    /// None yet.
    ///
    /// @param enter puts a context in force, and answers the former one
    PlainDescriptors(DescriptorReactor reactor, UnaryOperator<LogContext> enter) {
        this.reactor = reactor;
        this.enter = enter;
    }

    // Watching

    Watches watches() {
        return watches;
    }

    private PlainWatch watch(Descriptor descriptor) {
        int fileno = descriptor.fileno();
        try {
            if (reactor.sockets().blocks(fileno)) {
                throw new IllegalArgumentException("descriptor " + fileno + " of " + descriptor.logPrefix()
                        + " blocks; set O_NONBLOCK on it, as Reactor.descriptorChannel does");
            }
            if (!canBePolled(fileno)) {
                throw new IllegalArgumentException("descriptor " + fileno + " of " + descriptor.logPrefix()
                        + " is a file, or a device that does not tell when it is ready: read and write it on the pool,"
                        + " with deferToThread");
            }
            var watch = new PlainWatch(reactor, fileno, enter);
            present.put(fileno, watch);
            return watch;
        } catch (IOException refused) {
            throw new IllegalArgumentException(
                    "descriptor " + fileno + " of " + descriptor.logPrefix() + " cannot be watched: "
                            + refused.getMessage(),
                    refused);
        }
    }

    /// The kernel says so by what epoll takes (epoll_ctl(2), `EPERM`), for whatever is waited with afterwards.
    private boolean canBePolled(int fileno) throws IOException {
        SystemCalls system = reactor.system();
        int epoll = (int) Errno.check(system.epollCreate(OpenFlags.CLOEXEC));
        try (Arena arena = Arena.ofConfined()) {
            long result = system.epollControl(epoll, CTL_ADD, fileno, Memory.allocate(arena, EVENT_BYTES));
            if (Errno.EPERM.is(result)) {
                return false;
            }
            Errno.check(result);
            return true;
        } finally {
            system.close(epoll);
        }
    }

    /// After each wait. One of them is looked at in turn, so that a turn costs one system call however many there
    /// are.
    void sweep() {
        if (present.isEmpty()) {
            return;
        }
        List<PlainWatch> all = List.copyOf(present.values());
        looked = (looked + 1) % all.size();
        all.get(looked).look();
        watches.sweep();
        present.values().removeIf(PlainWatch::isForgotten);
    }

    /// The reactor does not run any more.
    void close() {
        present.values().forEach(PlainWatch::forget);
        present.clear();
    }

    // Reading and writing

    DescriptorChannel channel(int descriptor) {
        try {
            reactor.sockets().unblock(descriptor);
        } catch (IOException refused) {
            throw new IllegalArgumentException(
                    "descriptor " + descriptor + " cannot be taken over: " + refused.getMessage() + "; is it open?",
                    refused);
        }
        return new PlainChannel(reactor, descriptor, this);
    }

    /// Direct memory for the time of a read or a write.
    ByteBuffer memory() {
        ByteBuffer made = memory;
        if (made == null) {
            made = ByteBuffer.allocateDirect(COPY_MAX_BYTES);
            memory = made;
        }
        return made.clear();
    }

    /// The program closes it. Whoever watches it is told after the next wait.
    void closing(int fileno) {
        PlainWatch watch = present.get(fileno);
        if (watch != null) {
            watch.closing();
        }
    }
}
