package bowline.process;

import bowline.protocol.ConnectionLost;
import org.jspecify.annotations.Nullable;

/// The process ended in any other way than with exit code 0: either [#exitCode] or [#signal] says how (PRC-9).
///
/// The JDK tells of both in one number, in which signal *n* is 128 + *n*. A process that itself exits with a
/// number from 129 to 159, as shells do whose last command was killed, looks the same and is reported
/// as killed; [#status] is the number as it came.
public final class ProcessTerminated extends ConnectionLost {
    private static final long serialVersionUID = 1;

    private final int status;
    private final boolean signalled;

    private ProcessTerminated(int status, boolean signalled, String how) {
        super("A process has ended with a probable error condition: process ended by " + how + ".");
        this.status = status;
        this.signalled = signalled;
    }

    static ProcessTerminated byExit(int code) {
        return new ProcessTerminated(code, false, "exit code " + code);
    }

    static ProcessTerminated bySignal(int signal, int status) {
        return new ProcessTerminated(status, true, "signal " + signal);
    }

    /// The code it exited with, or null if a signal ended it.
    public @Nullable Integer exitCode() {
        return signalled ? null : status;
    }

    /// The number of the signal that ended it, or null if it exited by itself.
    public @Nullable Integer signal() {
        return signalled ? status - ExitStatus.SIGNAL_BASE : null;
    }

    /// What the JDK told: the exit code, or 128 and the signal.
    public int status() {
        return status;
    }
}
