package bowline.web.message;

/// How long a body is, where it is not a plain number of bytes. Zero and more is that number.
public final class BodyLength {

    /// There is no body.
    public static final long NONE = -1;

    /// There is a body, and its end shows when it comes: chunked, or ended by the connection's end.
    public static final long UNKNOWN = -2;

    private BodyLength() {}

    static long check(long length) {
        if (length < UNKNOWN) {
            throw new IllegalArgumentException("a body cannot be " + length + " bytes long");
        }
        return length;
    }
}
