package bowline.task;

/// Ends a program run by [MainTask] with a chosen exit code, and nothing logged (TSK-12).
public class SystemExit extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    /// With the process's exit code.
    public SystemExit(int code) {
        super("exit with code " + code, null, false, false);
        this.code = code;
    }

    /// The exit code.
    public int code() {
        return code;
    }
}
