package bowline.linux.process;

import bowline.linux.socket.DescriptorReactor;
import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.OpenFlags;
import bowline.linux.system.SystemCalls;
import bowline.process.CannotSpawnError;
import bowline.process.ChildDescriptor;
import bowline.process.ChildDescriptor.Inherited;
import bowline.process.ChildDescriptor.Pipe;
import bowline.process.PipeInput;
import bowline.process.ProcessStarter;
import bowline.process.Spawn;
import bowline.process.StartedProcess;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Starts a reactor's children, with whatever descriptors, in a terminal, or as another user.
public final class ChildProcesses implements ProcessStarter {
    private static final int F_SETFL = 4;

    /// Highest number of a descriptor that a child may be given: below the soft limit that every system has.
    public static final int CHILD_DESCRIPTOR_MAX = 255;

    private static final Path SET_PRIVILEGES = Path.of("/usr/bin/setpriv");

    private final DescriptorReactor reactor;
    private final Set<ChildProcess> living = new LinkedHashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(ReadingPipe.READ_MAX_BYTES);

    /// Of that reactor, which has none yet.
    public ChildProcesses(DescriptorReactor reactor) {
        this.reactor = reactor;
    }

    @Override
    public void check(Spawn spawn) {
        spawn.descriptors().keySet().forEach(ChildProcesses::checkNumber);
        if (spawn.userId() != null && !Files.isExecutable(SET_PRIVILEGES)) {
            throw new UnsupportedOperationException("a child of another user is started by " + SET_PRIVILEGES
                    + ", which is not here; install util-linux");
        }
    }

    private static void checkNumber(int descriptor) {
        if (descriptor < 0 || descriptor > CHILD_DESCRIPTOR_MAX) {
            throw new IllegalArgumentException(
                    "descriptor " + descriptor + " of a child; they are 0 to " + CHILD_DESCRIPTOR_MAX);
        }
    }

    @Override
    public StartedProcess startProcess(Spawn spawn) {
        var making = new Making(spawn);
        try {
            return making.start();
        } catch (IOException refused) {
            throw new CannotSpawnError(spawn, refused);
        } finally {
            making.closeTheirs();
        }
    }

    /// The reactor ends: those that live are reaped all the same (PRC-20).
    public void leave() {
        living.forEach(ChildProcess::reapBeside);
        living.clear();
    }

    /// One child while it is made.
    private final class Making {
        private final Spawn spawn;
        private final SystemCalls system = reactor.system();
        /// Ends that the child gets, by its numbers; ours are only kept until it has them.
        private final Map<Integer, Integer> theirs = new TreeMap<>();
        /// Ends that stay here, by the child's numbers.
        private final Map<Integer, Integer> read = new HashMap<>();
        private final Map<Integer, Integer> written = new HashMap<>();

        Making(Spawn spawn) {
            this.spawn = spawn;
        }

        StartedProcess start() throws IOException {
            long pid;
            try (var posix = new PosixSpawn()) {
                if (spawn.pty()) {
                    openTerminal(posix);
                } else {
                    connect(posix);
                }
                if (spawn.directory() != null) {
                    posix.directory(spawn.directory().toString());
                }
                pid = Errno.check(posix.spawn(command(), environment()));
            } catch (IOException | RuntimeException failed) {
                closeOurs();
                throw failed;
            }
            return child(pid);
        }

        /// A child that cannot be watched must not live on unseen.
        private ChildProcess child(long pid) throws IOException {
            long descriptor = system.openProcess(pid);
            if (descriptor < 0) {
                ChildProcess.killUnseen(system, pid);
                closeOurs();
                throw Errno.exception(descriptor);
            }
            Map<Integer, PipeInput> inputs = new HashMap<>();
            Map<Integer, WritingPipe> outputs = new HashMap<>();
            read.forEach((number, end) -> inputs.put(number, new ReadingPipe(reactor, end, buffer)));
            written.forEach((number, end) -> outputs.put(number, new WritingPipe(reactor, end, buffer)));
            var child = new ChildProcess(reactor, pid, (int) descriptor, inputs, outputs, living::remove);
            try {
                child.watch();
            } catch (IOException full) {
                child.abandon();
                throw full;
            }
            living.add(child);
            return child;
        }

        private void closeOurs() {
            read.values().forEach(system::close);
            written.values().forEach(system::close);
        }

        // Descriptors

        private void connect(PosixSpawn posix) throws IOException {
            for (Map.Entry<Integer, ChildDescriptor> each : spawn.descriptors().entrySet()) {
                connect(each.getKey(), each.getValue());
            }
            theirs.forEach((target, source) -> posix.give(source, target));
            int highest = 2;
            for (int target : theirs.keySet()) {
                highest = Math.max(highest, target);
            }
            for (int target = 0; target <= highest; target++) {
                if (theirs.containsKey(target)) {
                    continue;
                }
                if (target <= 2) {
                    posix.open(target, "/dev/null", OpenFlags.READ_WRITE);
                } else {
                    posix.close(target);
                }
            }
            posix.closeFrom(highest + 1);
        }

        private void connect(int number, ChildDescriptor connection) throws IOException {
            switch (connection) {
                case Pipe pipe -> openPipe(number, pipe == Pipe.READ);
                case Inherited(int ours) -> theirs.put(number, moved(ours));
            }
        }

        private void openPipe(int number, boolean weRead) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                long ends = Memory.allocate(arena, 2L * Integer.BYTES);
                Errno.check(system.pipe(ends, OpenFlags.CLOEXEC));
                int readEnd = Memory.getInt(ends);
                int writeEnd = Memory.getInt(ends + Integer.BYTES);
                int ours = weRead ? readEnd : writeEnd;
                (weRead ? read : written).put(number, ours);
                int other = weRead ? writeEnd : readEnd;
                try {
                    theirs.put(number, moved(other));
                } finally {
                    system.close(other);
                }
                Errno.check(system.fcntl(ours, F_SETFL, OpenFlags.NONBLOCK));
            }
        }

        /// A copy with a number that no child's descriptor has, so that none is overwritten before it is given.
        private int moved(int descriptor) throws IOException {
            return (int) Errno.check(system.duplicate(descriptor, CHILD_DESCRIPTOR_MAX + 1));
        }

        void closeTheirs() {
            theirs.values().forEach(system::close);
        }

        // A terminal (pty(7))

        private void openTerminal(PosixSpawn posix) throws IOException {
            int flags =
                    OpenFlags.READ_WRITE | OpenFlags.NO_CONTROLLING_TERMINAL | OpenFlags.CLOEXEC | OpenFlags.NONBLOCK;
            int master = (int) Errno.check(system.open("/dev/ptmx", flags));
            read.put(1, master);
            try (Arena arena = Arena.ofConfined()) {
                long number = Memory.allocate(arena, Integer.BYTES);
                Errno.check(system.control(master, Terminal.UNLOCK, number));
                Errno.check(system.control(master, Terminal.NUMBER, number));
                posix.newSession();
                posix.open(0, "/dev/pts/" + Memory.getInt(number), OpenFlags.READ_WRITE);
            }
            written.put(0, (int) Errno.check(system.duplicate(master, 0)));
            if (spawn.windowSize() != null) {
                Errno.check(WindowSizes.set(system, master, spawn.windowSize()));
            }
            posix.give(0, 1);
            posix.give(0, 2);
            posix.closeFrom(3);
        }

        // What is run

        private List<String> command() throws IOException {
            if (spawn.userId() == null && spawn.groupId() == null) {
                return spawn.command();
            }
            checkExecutable(spawn.program());
            var words = new ArrayList<String>();
            words.add(SET_PRIVILEGES.toString());
            if (spawn.userId() != null) {
                words.add("--reuid=" + spawn.userId());
            }
            if (spawn.groupId() != null) {
                words.add("--regid=" + spawn.groupId());
            }
            words.add("--clear-groups");
            words.add("--");
            words.addAll(spawn.command());
            return words;
        }

        /// What runs it could only say so by its exit code (PRC-15).
        private static void checkExecutable(String program) throws IOException {
            String path = program.contains("/") ? "" : System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
            for (String folder : path.split(File.pathSeparator, -1)) {
                if (Files.isExecutable(Path.of(folder).resolve(program))) {
                    return;
                }
            }
            throw Errno.exception(-Errno.ENOENT.number());
        }

        private List<String> environment() {
            return spawn.variables().entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .toList();
        }
    }

    /// Requests of ioctl(2) to the master of a terminal.
    private static final class Terminal {
        static final long UNLOCK = 0x40045431L;
        static final long NUMBER = 0x80045430L;

        private Terminal() {}
    }
}
