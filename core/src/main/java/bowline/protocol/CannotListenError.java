package bowline.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;

/// A port could not be opened (LIS-1): where, and what to do about it. Unchecked, since most programs
/// can only stop and say so.
public class CannotListenError extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    private final String where;

    /// @param where the address, as in `tcp:80 on 127.0.0.1`
    /// @param advice what went wrong and what to do
    public CannotListenError(String where, String advice, IOException cause) {
        super("cannot listen on " + where + ": " + advice, cause);
        this.where = where;
    }

    /// The address that could not be taken.
    public String where() {
        return where;
    }
}
