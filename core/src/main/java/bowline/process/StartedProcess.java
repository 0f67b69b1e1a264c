package bowline.process;

import java.util.List;
import java.util.function.IntConsumer;

/// A process as the machine gives it that it runs on: a number, our ends of its pipes, signals, and its end. What a
/// program sees of it is a [ProcessTransport]. For the reactor's thread.
public interface StartedProcess {

    /// Its number.
    long pid();

    /// Whether it has not ended yet.
    boolean isAlive();

    /// Our end of the pipe at `descriptor`, which the process writes. Asked for once, and only if the [Spawn]
    /// has a pipe there. In a terminal everything that the process writes is at 1.
    PipeInput input(int descriptor);

    /// Our end of the pipe at `descriptor`, which the process reads. Asked for once, and only if the [Spawn]
    /// has a pipe there.
    PipeOutput output(int descriptor);

    /// Has `exited` called once the process has ended, on any thread: with its exit code, or with 128 and the
    /// number of the signal that killed it.
    void onExit(IntConsumer exited);

    /// Sends a signal.
    ///
    /// @param name a name that there is, without `SIG`
    /// @throws UnsupportedOperationException if there is no way to send it
    void signal(String name);

    /// Sends a signal by number, 1 to 64.
    ///
    /// @throws UnsupportedOperationException if there is no way to send it
    void signal(int number);

    /// Gives the window of its terminal another size. Asked for only if the [Spawn] has a terminal.
    ///
    /// @throws UnsupportedOperationException if there is no way to do it
    default void resizeTerminal(WindowSize size) {
        throw new UnsupportedOperationException("there are no terminals here; bowline.linux has them");
    }

    /// The processes that it has started and that live now, with those that they started; none when it has ended.
    List<ProcessHandle> descendants();
}
