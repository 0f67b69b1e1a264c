package bowline.process;

import bowline.failure.Failure;
import java.io.File;

/// Reads the one number in which the JDK tells how a process ended.
final class ExitStatus {
    /// What the JDK adds to a signal.
    static final int SIGNAL_BASE = 0x80;

    /// The highest classic signal. Above are those of real time, whose sums are common exit codes.
    private static final int SIGNAL_MAX = 31;

    /// Windows has exit codes only.
    private static final boolean HAS_SIGNALS = File.separatorChar == '/';

    private ExitStatus() {}

    /// The reason for `processExited` and `processEnded` (PRC-9).
    static Failure reason(int status) {
        return Failure.of(
                status == 0
                        ? new ProcessDone()
                        : isSignal(status)
                                ? ProcessTerminated.bySignal(status - SIGNAL_BASE, status)
                                : ProcessTerminated.byExit(status));
    }

    private static boolean isSignal(int status) {
        return HAS_SIGNALS && status > SIGNAL_BASE && status <= SIGNAL_BASE + SIGNAL_MAX;
    }
}
