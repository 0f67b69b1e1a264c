package bowline.framing;

/// A string cannot be sent, for its length does not fit into the prefix (INT-2).
public final class StringTooLongError extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    StringTooLongError(int length, LengthFramer.Prefix prefix) {
        super("string of " + length + " bytes does not fit behind a length of " + prefix.bytes()
                + " bytes, which ends at " + prefix.longest() + "; use a wider prefix or send it in parts");
    }
}
