package bowline.supervise;

import bowline.failure.Failure;
import bowline.process.ProcessTerminated;
import org.jspecify.annotations.Nullable;

/// How a child ended, in the words of the log.
final class ExitWords {
    private ExitWords() {}

    static String of(Failure reason) {
        if (!(reason.value() instanceof ProcessTerminated terminated)) {
            return "exited with code 0";
        }
        @Nullable Integer signal = terminated.signal();
        return signal == null ? "exited with code " + terminated.exitCode() : "was ended by signal " + named(signal);
    }

    /// The numbers that are the same on all systems that we know.
    private static String named(int signal) {
        return switch (signal) {
            case 1 -> "1 (HUP)";
            case 2 -> "2 (INT)";
            case 3 -> "3 (QUIT)";
            case 6 -> "6 (ABRT)";
            case 9 -> "9 (KILL)";
            case 11 -> "11 (SEGV)";
            case 13 -> "13 (PIPE)";
            case 15 -> "15 (TERM)";
            default -> Integer.toString(signal);
        };
    }
}
