package bowline.tls.certificate;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/// A key or a certificate that one was given cannot be used: where it stands, what is wrong, what to do.
public final class UnusableMaterial extends GeneralSecurityException {
    private static final long serialVersionUID = 1;

    private UnusableMaterial(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static UnusableMaterial of(String where, String what, String advice, @Nullable Throwable cause) {
        return new UnusableMaterial(where + ": " + what + "; " + advice, cause);
    }
}
