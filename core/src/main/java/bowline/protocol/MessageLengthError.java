package bowline.protocol;

import org.jspecify.annotations.Nullable;

/// A datagram is too long to be sent (UDP-4). Nothing was sent.
public class MessageLengthError extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int lengthBytes;

    /// A datagram of this many bytes was refused, by the system if there is a cause.
    public MessageLengthError(int lengthBytes, @Nullable Throwable cause) {
        super(
                "a datagram of " + lengthBytes + " bytes is too long to be sent; UDP carries at most 65507 over IPv4,"
                        + " and networks without fragments about 1200",
                cause);
        this.lengthBytes = lengthBytes;
    }

    /// How long it was.
    public int lengthBytes() {
        return lengthBytes;
    }
}
