package bowline.run;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// The program cannot do what it was asked to, for a reason that is no mistake in it: told in a line without a trace.
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    Refusal(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    Refusal(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /// What the system said about a file, in words.
    static String reason(Exception refused) {
        return switch (refused) {
            case NoSuchFileException _ -> "there is no such folder";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException fault when fault.getReason() != null -> fault.getReason();
            default -> String.valueOf(refused.getMessage());
        };
    }

    int exitCode() {
        return exitCode;
    }
}
