package bowline.tls.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What ends a connection by the rules of TLS: the peer's alert, a certificate that is refused, bytes that are no TLS.
/// Its message is for people: whose fault, what, and what to do where that is known.
public class TlsFault extends IOException {
    private static final long serialVersionUID = 1;

    private final @Nullable String alert;

    /// @param alert the alert that was sent or came, by its name in RFC 8446, as in `unknown_ca`; null if none
    public TlsFault(String message, @Nullable String alert, @Nullable Throwable cause) {
        super(message, cause);
        this.alert = alert;
    }

    /// The peer has sent this alert.
    ///
    /// @param alert by its name in RFC 8446
    public static TlsFault received(String alert, @Nullable Throwable cause) {
        String meaning =
                TlsAlert.named(alert).map(known -> ": " + known.meaning()).orElse("");
        return new TlsFault("the peer ended TLS with the alert " + alert + meaning, alert, cause);
    }

    /// The alert that was sent or came, by its name in RFC 8446; null if none was, or it is not known.
    public @Nullable String alert() {
        return alert;
    }
}
