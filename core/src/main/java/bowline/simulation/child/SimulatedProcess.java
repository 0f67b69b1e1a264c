package bowline.simulation.child;

import bowline.process.PipeInput;
import bowline.process.PipeOutput;
import bowline.process.StartedProcess;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A scripted child as its parent has it.
final class SimulatedProcess implements StartedProcess {
    private static final long SOON_NANOS = 1_000;
    private static final long SIGNAL_MOST_NANOS = 100_000;

    /// Most signals are sent by a program of the system, which takes longer.
    private static final long KILL_PROGRAM_NANOS = 10_000_000;

    private final SimulatedChild child;
    private final Pace pace;
    private final @Nullable PipeOutput stdin;
    private final @Nullable PipeInput stdout;
    private final @Nullable PipeInput stderr;
    private IntConsumer exited = _ -> {};
    private @Nullable Integer status;

    SimulatedProcess(
            SimulatedChild child,
            Pace pace,
            @Nullable PipeOutput stdin,
            @Nullable PipeInput stdout,
            @Nullable PipeInput stderr) {
        this.child = child;
        this.pace = pace;
        this.stdin = stdin;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    @Override
    public long pid() {
        return child.pid();
    }

    /// It counts as alive until its end was noticed.
    @Override
    public boolean isAlive() {
        return status == null;
    }

    @Override
    public PipeInput input(int descriptor) {
        return present(descriptor == 1 ? stdout : stderr);
    }

    @Override
    public PipeOutput output(int descriptor) {
        return present(stdin);
    }

    private static <T> T present(@Nullable T pipe) {
        if (pipe == null) {
            throw new IllegalStateException("the child was started without a pipe there");
        }
        return pipe;
    }

    @Override
    public void onExit(IntConsumer told) {
        exited = told;
        if (status != null) {
            told.accept(status);
        }
    }

    /// The system has noticed its end.
    void ended(int endStatus) {
        status = endStatus;
        exited.accept(endStatus);
    }

    @Override
    public void signal(String name) {
        signal(Signals.number(name));
    }

    @Override
    public void signal(int number) {
        boolean atOnce = number == Signals.number("KILL") || number == Signals.number("TERM");
        pace.within(SOON_NANOS, atOnce ? SIGNAL_MOST_NANOS : KILL_PROGRAM_NANOS, () -> child.signalled(number));
    }

    @Override
    public List<ProcessHandle> descendants() {
        return List.of(); // what a child forks it looks after itself
    }
}
