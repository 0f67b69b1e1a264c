package bowline.linux.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a new process shall find, and posix_spawn(3) with that. It makes the process without a copy of ours, and
/// says at once if the program cannot be run.
final class PosixSpawn implements AutoCloseable {
    private static final short SETSIGDEF = 0x04;
    private static final short SETSIGMASK = 0x08;
    private static final short SETSID = 0x80;

    /// More than glibc and musl need for what is opaque: file actions, attributes, sets of signals.
    private static final int OPAQUE_BYTES = 1024;

    private static final int ARGUMENTS_MAX = 6;

    private static final MethodHandle INIT_ACTIONS = handle("posix_spawn_file_actions_init", 1);
    private static final MethodHandle DESTROY_ACTIONS = handle("posix_spawn_file_actions_destroy", 1);
    private static final MethodHandle ADD_DUP2 = handle("posix_spawn_file_actions_adddup2", 3);
    private static final MethodHandle ADD_CLOSE = handle("posix_spawn_file_actions_addclose", 2);
    private static final MethodHandle ADD_OPEN = handle("posix_spawn_file_actions_addopen", 5);
    private static final @Nullable MethodHandle ADD_CHDIR =
            optional("posix_spawn_file_actions_addchdir_np", 2).orElse(null);
    private static final @Nullable MethodHandle ADD_CLOSE_FROM =
            optional("posix_spawn_file_actions_addclosefrom_np", 2).orElse(null);
    private static final MethodHandle INIT_ATTRIBUTES = handle("posix_spawnattr_init", 1);
    private static final MethodHandle DESTROY_ATTRIBUTES = handle("posix_spawnattr_destroy", 1);
    private static final MethodHandle SET_FLAGS = handle("posix_spawnattr_setflags", 2);
    private static final MethodHandle SET_SIGNAL_DEFAULTS = handle("posix_spawnattr_setsigdefault", 2);
    private static final MethodHandle SET_SIGNAL_MASK = handle("posix_spawnattr_setsigmask", 2);
    private static final MethodHandle SPAWN = handle("posix_spawnp", 6);

    private final Arena arena = Arena.ofConfined();
    private final long actions = allocate(OPAQUE_BYTES);
    private final long attributes = allocate(OPAQUE_BYTES);
    private short flags = SETSIGDEF | SETSIGMASK;

    PosixSpawn() {
        call(INIT_ACTIONS, actions);
        call(INIT_ATTRIBUTES, attributes);
    }

    private static MethodHandle handle(String name, int arguments) {
        return optional(name, arguments)
                .orElseThrow(() -> new UnsupportedOperationException("the C library has no " + name));
    }

    /// All arguments are passed as 64 bits, of which the callee takes what it needs. The handles take as many
    /// as the longest of them does, so that one way of calling fits all.
    @SuppressWarnings("restricted") // calls into the C library
    private static Optional<MethodHandle> optional(String name, int arguments) {
        var layouts = new ValueLayout[arguments];
        java.util.Arrays.fill(layouts, ValueLayout.JAVA_LONG);
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(name)
                .map(address -> linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts)))
                .map(handle -> MethodHandles.dropArguments(
                        handle, arguments, Collections.nCopies(ARGUMENTS_MAX - arguments, long.class)));
    }

    private long allocate(int bytes) {
        return arena.allocate(bytes, 16).address();
    }

    private long text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a zero byte in \"" + text.replace('\0', '?')
                    + "\": programs cannot be given one in arguments, environment or paths");
        }
        return arena.allocateFrom(text).address();
    }

    private long texts(List<String> texts) {
        MemorySegment array = arena.allocate(ValueLayout.JAVA_LONG, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ValueLayout.JAVA_LONG, i, text(texts.get(i)));
        }
        return array.address();
    }

    private static int call(MethodHandle function, long object) {
        return call(function, object, 0, 0, 0, 0, 0);
    }

    private static int call(MethodHandle function, long object, long argument) {
        return call(function, object, argument, 0, 0, 0, 0);
    }

    /// What they answer is an error number, and only for lack of memory or a number that is no descriptor.
    private static int call(MethodHandle function, long a, long b, long c, long d, long e, long f) {
        try {
            return (int) function.invokeExact(a, b, c, d, e, f);
        } catch (Throwable broken) {
            throw new AssertionError("a function of the C library could not be called", broken);
        }
    }

    private static void require(int result, String what) {
        if (result != 0) {
            throw new IllegalArgumentException(what + ": error number " + result + " of the system");
        }
    }

    // What the child finds

    /// The child has our `source` as its `target`.
    void give(int source, int target) {
        require(call(ADD_DUP2, actions, source, target, 0, 0, 0), "descriptor " + target + " of a child");
    }

    /// The child has a file as its `target`.
    void open(int target, String path, int openFlags) {
        require(call(ADD_OPEN, actions, target, text(path), openFlags, 0, 0), "descriptor " + target + " of a child");
    }

    /// The child does not have that one.
    void close(int target) {
        require(call(ADD_CLOSE, actions, target), "descriptor " + target + " of a child");
    }

    /// The child has none from that number on.
    void closeFrom(int first) throws IOException {
        if (ADD_CLOSE_FROM != null) {
            call(ADD_CLOSE_FROM, actions, first);
            return;
        }
        int highest = highestOpen(); // this C library closes one by one
        for (int target = first; target <= highest; target++) {
            close(target);
        }
    }

    private static int highestOpen() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.mapToInt(entry -> Integer.parseInt(entry.getFileName().toString()))
                    .max()
                    .orElse(0);
        }
    }

    /// The child works there.
    void directory(String path) {
        if (ADD_CHDIR == null) {
            throw new UnsupportedOperationException(
                    "the C library is too old to start a child in another directory; run it by sh -c \"cd … && exec …\"");
        }
        call(ADD_CHDIR, actions, text(path));
    }

    /// The child leads a session of its own; a terminal that it opens is then its controlling one.
    void newSession() {
        flags |= SETSID;
    }

    /// Runs the program, which is looked for in our PATH if it has no slash. Signals have their usual effect on
    /// it, and none is blocked (PRC-6).
    ///
    /// @return its number, or the negative of an error number
    long spawn(List<String> command, List<String> environment) {
        MemorySegment all = arena.allocate(OPAQUE_BYTES, 16).fill((byte) 0xff);
        MemorySegment none = arena.allocate(OPAQUE_BYTES, 16);
        call(SET_SIGNAL_DEFAULTS, attributes, all.address());
        call(SET_SIGNAL_MASK, attributes, none.address());
        call(SET_FLAGS, attributes, flags);
        MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
        int result = call(
                SPAWN,
                pid.address(),
                text(command.getFirst()),
                actions,
                attributes,
                texts(command),
                texts(environment));
        return result == 0 ? pid.get(ValueLayout.JAVA_INT, 0) : -result;
    }

    @Override
    public void close() {
        call(DESTROY_ACTIONS, actions);
        call(DESTROY_ATTRIBUTES, attributes);
        arena.close();
    }
}
