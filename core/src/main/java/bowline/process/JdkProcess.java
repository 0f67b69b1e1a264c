package bowline.process;

import java.util.List;
import java.util.function.IntConsumer;

/// A process as the JDK has it: pipes at 0, 1 and 2, each with a thread. The JDK reaps it, whether anybody looks or not
/// (PRC-20).
final class JdkProcess implements StartedProcess {
    private final Process process;

    private JdkProcess(Process process) {
        this.process = process;
    }

    /// Starts one.
    ///
    /// @throws CannotSpawnError if it cannot be started
    static StartedProcess start(Spawn spawn) {
        return new JdkProcess(Launch.of(spawn));
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public PipeInput input(int descriptor) {
        return new ThreadedInput(
                descriptor == 1 ? process.getInputStream() : process.getErrorStream(), threadName(descriptor));
    }

    @Override
    public PipeOutput output(int descriptor) {
        return new ThreadedOutput(process.getOutputStream(), threadName(descriptor));
    }

    private String threadName(int descriptor) {
        return "process-" + process.pid() + "-fd" + descriptor;
    }

    @Override
    public void onExit(IntConsumer exited) {
        var _ = process.onExit().thenRun(() -> exited.accept(process.exitValue()));
    }

    /// The handle's way of destroying leaves the pipes open, unlike the process's own.
    @Override
    public void signal(String name) {
        ChildSignal.send(process.toHandle(), name);
    }

    @Override
    public void signal(int number) {
        ChildSignal.send(process.toHandle(), number);
    }

    @Override
    public List<ProcessHandle> descendants() {
        return process.isAlive() ? process.toHandle().descendants().toList() : List.of();
    }
}
