package bowline.testing.generate;

/// A property does not hold. The message tells the value that was made small, and how to repeat it.
public final class PropertyFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    PropertyFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
