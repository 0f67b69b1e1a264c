package bowline.tls.certificate.der;

/// Bytes are not the DER that they should be: where, what stands there, by which rule it is wrong. Without a stack
/// trace: it tells of the bytes, not of a place in our code.
public final class NotDer extends Exception {
    private static final long serialVersionUID = 1;

    private final int offset;

    /// @param offset the index of the byte that is wrong, from the beginning of what was given
    public NotDer(int offset, String what) {
        super("byte " + offset + ": " + what, null, false, false);
        this.offset = offset;
    }

    /// The index of the byte that is wrong.
    public int offset() {
        return offset;
    }
}
