package bowline.process;

import bowline.protocol.Consumer;
import bowline.protocol.PushProducer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The wire to a child process (PRC-11 to PRC-14). For the reactor's thread.
///
/// As a sink and a consumer it is the child's standard input: writing never blocks and never fails, and what
/// is written to a closed pipe is ignored (PRC-16). As a producer it is everything that the child writes.
public interface ProcessTransport extends Consumer, PushProducer {

    /// The child's number, or null when the process has ended (PRC-14).
    @Nullable
    Long pid();

    /// Writes to a descriptor that is written by us.
    ///
    /// @throws IllegalArgumentException if there is no such descriptor
    void writeToChild(int descriptor, ByteBuffer bytes);

    /// Closes our end of a pipe; one to the child after everything written has gone out (PRC-12).
    ///
    /// @throws IllegalArgumentException if there is no such descriptor
    void closeChildFd(int descriptor);

    /// Closes the child's standard input once everything written has gone out (PRC-12).
    default void closeStdin() {
        closeChildFd(0);
    }

    /// Reads no more of the child's standard output.
    default void closeStdout() {
        closeChildFd(1);
    }

    /// Reads no more of the child's standard error.
    default void closeStderr() {
        closeChildFd(2);
    }

    /// Closes all pipes; the child lives on if it can.
    void loseConnection();

    /// Sends a signal by name, with or without `SIG` (PRC-13).
    ///
    /// `KILL` and `TERM` go through the JDK, at once. For others (`HUP`, `INT`, `QUIT`, `USR1`, `USR2`, `STOP`,
    /// `CONT`) the system's `kill` program is run without waiting for it: the signal arrives a little later.
    ///
    /// @throws ProcessExitedAlready if the process has ended
    /// @throws IllegalArgumentException if there is no such signal
    /// @throws UnsupportedOperationException if this system has no way to send it
    void signalProcess(String name);

    /// Sends a signal by number, 1 to 64 (PRC-13).
    ///
    /// @throws ProcessExitedAlready if the process has ended
    /// @throws IllegalArgumentException if there is no such signal
    /// @throws UnsupportedOperationException if this system has no way to send it
    void signalProcess(int number);

    /// The window of the child's terminal has another size now: the child gets the signal WINCH, and asks for it.
    /// Does nothing once the terminal is closed.
    ///
    /// @throws ProcessExitedAlready if the process has ended
    /// @throws UnsupportedOperationException if it does not run in a terminal
    /// @see Spawn#inTerminal(WindowSize)
    void resizeTerminal(WindowSize size);

    /// The same as [#loseConnection].
    @Override
    default void stopProducing() {
        loseConnection();
    }
}
