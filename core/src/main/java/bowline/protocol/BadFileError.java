package bowline.protocol;

/// The file of a UNIX socket cannot be used: no living server holds its lock (UNX-2).
public class BadFileError extends ConnectError {
    private static final long serialVersionUID = 1;

    /// With what was attempted and what to do.
    public BadFileError(String message) {
        super(message);
    }
}
