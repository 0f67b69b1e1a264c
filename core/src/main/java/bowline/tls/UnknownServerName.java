package bowline.tls;

import org.jspecify.annotations.Nullable;

/// A client asks for a server that has no certificate here.
public final class UnknownServerName extends Exception {
    private static final long serialVersionUID = 1;

    /// @param name whom it asks for; null if it does not say
    public UnknownServerName(@Nullable String name) {
        super(
                name == null
                        ? "the client asks for no server by name, and none is the default"
                        : "there is no certificate for " + name);
    }
}
