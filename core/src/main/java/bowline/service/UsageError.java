package bowline.service;

/// What was asked on the command line cannot be done as it was written: the message says what is wrong, the advice
/// what to write instead. The runner shows both on one line each, without a trace, and exits with 64 (RUN-3).
public class UsageError extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String advice;

    /// @param message what is wrong, quoting what was given
    /// @param advice what to do about it
    public UsageError(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    /// What to do about it.
    public String advice() {
        return advice;
    }
}
