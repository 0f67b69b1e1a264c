package bowline.linux.process;

import bowline.failure.Failure;
import bowline.linux.socket.DescriptorHandler;
import bowline.linux.socket.DescriptorReactor;
import bowline.linux.socket.Poller;
import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.SystemCalls;
import bowline.log.Logger;
import bowline.process.PipeInput;
import bowline.process.PipeOutput;
import bowline.process.StartedProcess;
import bowline.process.WindowSize;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A child, by the descriptor that stands for it as long as it is not reaped: so a signal never goes to another process
/// that has got its number.
final class ChildProcess implements StartedProcess, DescriptorHandler {
    // Of waitid(2)
    private static final int NO_HANG = 1;
    private static final int EXITED = 4;
    private static final int NO_WAIT = 0x1000000;

    // Of its siginfo_t
    private static final int INFO_BYTES = 128;
    private static final int CODE = 8;
    private static final int PID = 16;
    private static final int STATUS = 24;
    private static final int CLD_EXITED = 1;

    private static final int SIGNAL_BASE = 128;
    private static final int SIGKILL = 9;

    /// In place of an exit code that the system does not tell: no success, for nobody has seen one.
    private static final int UNKNOWN = 255;

    private static final Logger log = Logger.of(ChildProcesses.class);
    private static final Map<String, Integer> SIGNALS = Map.ofEntries(
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("ABRT", 6),
            Map.entry("KILL", 9),
            Map.entry("USR1", 10),
            Map.entry("USR2", 12),
            Map.entry("PIPE", 13),
            Map.entry("ALRM", 14),
            Map.entry("TERM", 15),
            Map.entry("CONT", 18),
            Map.entry("STOP", 19),
            Map.entry("TSTP", 20),
            Map.entry("WINCH", 28));

    private final DescriptorReactor reactor;
    private final long pid;
    private final int descriptor;
    private final Map<Integer, PipeInput> inputs;
    private final Map<Integer, WritingPipe> outputs;
    private final Consumer<ChildProcess> whenReaped;
    private @Nullable IntConsumer exited;
    private @Nullable Integer status;

    ChildProcess(
            DescriptorReactor reactor,
            long pid,
            int descriptor,
            Map<Integer, PipeInput> inputs,
            Map<Integer, WritingPipe> outputs,
            Consumer<ChildProcess> whenReaped) {
        this.reactor = reactor;
        this.pid = pid;
        this.descriptor = descriptor;
        this.inputs = inputs;
        this.outputs = outputs;
        this.whenReaped = whenReaped;
        reactor.poller().own(descriptor, this);
    }

    /// Is told of its end from now on.
    ///
    /// @throws IOException if the system has no room for one more that is watched
    void watch() throws IOException {
        reactor.poller().watch(descriptor, 0, Poller.IN);
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public boolean isAlive() {
        return status == null && await(reactor.system(), NO_HANG | NO_WAIT).isEmpty();
    }

    @Override
    public PipeInput input(int pipe) {
        return present(inputs.get(pipe), pipe);
    }

    @Override
    public PipeOutput output(int pipe) {
        return present(outputs.get(pipe), pipe);
    }

    private static <T> T present(@Nullable T pipe, int number) {
        if (pipe == null) {
            throw new IllegalArgumentException("the child has no pipe at " + number);
        }
        return pipe;
    }

    // The end

    @Override
    public void onExit(IntConsumer told) {
        exited = told;
        if (status != null) {
            told.accept(status);
        }
    }

    /// It has ended: it is reaped, whether anybody looks or not (PRC-20).
    @Override
    public void ready(int events) {
        OptionalInt ended = await(reactor.system(), NO_HANG);
        if (ended.isEmpty()) {
            return;
        }
        status = ended.getAsInt();
        reactor.close(descriptor);
        whenReaped.accept(this);
        if (exited != null) {
            exited.accept(status);
        }
    }

    /// How it ended: exit code, or 128 and a signal's number; nothing if it lives.
    private OptionalInt await(SystemCalls system, int options) {
        try (Arena arena = Arena.ofConfined()) {
            long info = Memory.allocate(arena, INFO_BYTES);
            long result = system.awaitProcess(descriptor, info, EXITED | options);
            if (result < 0) {
                log.warn(
                        "process {pid} has ended, and how is not known: {reason}; is SIGCHLD ignored, or does somebody else"
                                + " reap our children?",
                        pid,
                        Errno.text(result));
                return OptionalInt.of(UNKNOWN);
            }
            if (Memory.getInt(info + PID) == 0) {
                return OptionalInt.empty();
            }
            int number = Memory.getInt(info + STATUS);
            return OptionalInt.of(Memory.getInt(info + CODE) == CLD_EXITED ? number : SIGNAL_BASE + number);
        }
    }

    /// The reactor ends first: a thread waits in its place, so that no zombie is left.
    void reapBeside() {
        Thread.ofPlatform().daemon().name("process-" + pid + "-reaper").start(() -> {
            var system = new SystemCalls();
            await(system, 0);
            system.close(descriptor);
        });
    }

    /// Kills and reaps a child that there is no descriptor of. Nobody else can have its number, for it is not
    /// reaped.
    static void killUnseen(SystemCalls system, long pid) {
        system.signalByNumber(pid, SIGKILL);
        Thread.ofPlatform().daemon().name("process-" + pid + "-reaper").start(() -> {
            try (Arena arena = Arena.ofConfined()) {
                new SystemCalls().awaitByNumber(pid, Memory.allocate(arena, INFO_BYTES), EXITED);
            }
        });
    }

    /// The reactor cannot watch it, so it must not live on: kills it, and lets go of all that leads to it.
    void abandon() {
        reactor.poller().disown(descriptor);
        inputs.values().forEach(PipeInput::close);
        outputs.values().forEach(PipeOutput::drop);
        reactor.system().signal(descriptor, SIGKILL);
        reapBeside();
    }

    @Override
    public void disconnected(Failure reason) {
        // It lives on; see reapBeside.
    }

    // Signals

    @Override
    public void signal(String name) {
        signal(Objects.requireNonNull(SIGNALS.get(name), name));
    }

    @Override
    public void signal(int number) {
        long result = status == null ? reactor.system().signal(descriptor, number) : 0;
        if (result < 0) {
            throw new UnsupportedOperationException(
                    "signal " + number + " to process " + pid + ": " + Errno.text(result));
        }
    }

    @Override
    public void resizeTerminal(WindowSize size) {
        present(outputs.get(0), 0).resize(size);
    }

    @Override
    public List<ProcessHandle> descendants() {
        return status == null
                ? ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::descendants)
                        .toList()
                : List.of();
    }

    @Override
    public String toString() {
        return "process " + pid;
    }
}
