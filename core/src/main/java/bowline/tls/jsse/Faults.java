package bowline.tls.jsse;

import bowline.tls.engine.TlsAlert;
import bowline.tls.engine.TlsFault;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/// Says in our words what the JDK throws. It tells the alert in its message only: `(alert) what`, or
/// `Received fatal alert: alert`.
final class Faults {

    private static final String RECEIVED = "Received fatal alert: ";

    /// Alerts by which both sides say that they find no common ground.
    private static final Set<TlsAlert> DISAGREEMENT = Set.of(
            TlsAlert.HANDSHAKE_FAILURE,
            TlsAlert.PROTOCOL_VERSION,
            TlsAlert.INSUFFICIENT_SECURITY,
            TlsAlert.UNRECOGNIZED_NAME);

    private Faults() {}

    /// What this failure of an `SSLEngine` was.
    static TlsFault fault(Exception failure, JsseEngine.Side side) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        int received = message.indexOf(RECEIVED);
        if (received >= 0) {
            return TlsFault.received(
                    message.substring(received + RECEIVED.length()).strip(), failure);
        }
        Optional<TlsAlert> alert = sent(failure, message);
        String name = alert.map(TlsAlert::wireName).orElse(null);
        Refusal refusal = refusal(failure);
        if (refusal != null) {
            return new TlsFault(refusal.words(), name, refusal.verdict());
        }
        return new TlsFault(words(alert.orElse(null), side, detail(message)), name, failure);
    }

    private static @Nullable Refusal refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal;
            }
        }
        return null;
    }

    private static Optional<TlsAlert> sent(Exception failure, String message) {
        int end = message.indexOf(')');
        if (message.startsWith("(") && end > 0) {
            return TlsAlert.named(message.substring(1, end));
        }
        return failure instanceof SSLProtocolException ? Optional.of(TlsAlert.UNEXPECTED_MESSAGE) : Optional.empty();
    }

    private static String words(@Nullable TlsAlert alert, JsseEngine.Side side, String detail) {
        String peer = side == JsseEngine.Side.CLIENT ? "the server" : "the client";
        if (alert == null || alert == TlsAlert.INTERNAL_ERROR) {
            return "TLS failed on our side: " + detail;
        }
        if (alert == TlsAlert.BAD_RECORD_MAC) {
            return "a record of " + peer + " was changed on its way, or was made with other keys";
        }
        if (alert == TlsAlert.NO_APPLICATION_PROTOCOL) {
            return peer + " offers no application protocol (ALPN) that is spoken here";
        }
        if (detail.startsWith("Empty ")) {
            return peer + " has to show a certificate, and showed none";
        }
        if (DISAGREEMENT.contains(alert)) {
            return peer + " and we find nothing in common: " + detail;
        }
        return peer + " breaks the rules of TLS: " + detail;
    }

    private static String detail(String message) {
        int end = message.startsWith("(") ? message.indexOf(") ") : -1;
        return end < 0 ? message : message.substring(end + 2);
    }
}
