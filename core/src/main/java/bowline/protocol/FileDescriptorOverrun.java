package bowline.protocol;

/// The connection ends with file descriptors that no byte could carry: each takes one (UNX-9).
public class FileDescriptorOverrun extends ConnectionLost {
    private static final long serialVersionUID = 1;

    /// So many were not sent.
    public FileDescriptorOverrun(int unsent) {
        super(unsent + " file descriptors were not sent, for each goes with a byte and there were none left; write at"
                + " least one for each");
    }
}
