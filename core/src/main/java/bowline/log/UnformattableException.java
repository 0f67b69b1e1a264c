package bowline.log;

/// A field of a format cannot be had from its event, or the format is none. Never leaves this package:
/// the reader of the log is told instead (LGR-4).
final class UnformattableException extends Exception {
    private static final long serialVersionUID = 1;

    UnformattableException(String message) {
        super(message, null, false, false);
    }
}
