package bowline.openssl;

import bowline.tls.engine.TlsAlert;
import bowline.tls.engine.TlsFault;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says what the library has found wrong: whose fault, what, and what to do where that is known.
final class Faults {
    /// Reasons from here on are alerts of the peer (`SSL_AD_REASON_OFFSET`).
    private static final int PEER_ALERTS = 1000;

    /// Alerts by which a side says that both find no common ground.
    private static final Set<TlsAlert> DISAGREEMENT =
            Set.of(TlsAlert.HANDSHAKE_FAILURE, TlsAlert.PROTOCOL_VERSION, TlsAlert.INSUFFICIENT_SECURITY);

    private Faults() {}

    /// @param errors what the library says
    /// @param sent the alert that was sent; null for none
    /// @param peer `the server` or `the client`
    static TlsFault of(List<ErrorQueue.Entry> errors, @Nullable TlsAlert sent, String peer) {
        for (ErrorQueue.Entry error : errors) {
            if (error.ofSsl() && error.reason() >= PEER_ALERTS) {
                return received(error.reason() - PEER_ALERTS);
            }
        }
        String what = errors.isEmpty()
                ? "OpenSSL does not say what"
                : errors.stream().map(Faults::words).distinct().collect(Collectors.joining("; "));
        return new TlsFault(whoseFault(sent, peer) + what, sent == null ? null : sent.wireName(), null);
    }

    private static TlsFault received(int number) {
        return TlsAlert.of(number)
                .map(alert -> TlsFault.received(alert.wireName(), null))
                .orElseGet(() -> new TlsFault("the peer ended TLS with an alert of number " + number, null, null));
    }

    private static String whoseFault(@Nullable TlsAlert sent, String peer) {
        if (sent == null || sent == TlsAlert.INTERNAL_ERROR) {
            return "TLS with " + peer + " failed: ";
        }
        if (DISAGREEMENT.contains(sent)) {
            return peer + " and we have nothing in common: ";
        }
        return peer + " does not keep to the rules of TLS: ";
    }

    private static String words(ErrorQueue.Entry error) {
        String known = error.ofSsl() ? known(error.reason()) : null;
        return known == null ? error.words() : known;
    }

    /// Where we have more to say than the library.
    private static @Nullable String known(int reason) {
        return switch (reason) {
            case 258, 396, 166, 191 ->
                // SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_VERSION_TOO_LOW, SSL_R_VERSION_TOO_HIGH,
                // SSL_R_NO_PROTOCOLS_AVAILABLE
                "it speaks no version of TLS that is allowed here";
            case 193 -> // SSL_R_NO_SHARED_CIPHER
                "no cipher suite, or it cannot verify our kind of key; TLS 1.2 is spoken with ECDHE and AEAD only";
            case 101, 295, 410 -> // SSL_R_NO_SUITABLE_KEY_SHARE, SSL_R_NO_SUITABLE_GROUPS, SSL_R_NO_SHARED_GROUPS
                "no group for the key exchange";
            case 118, 376 -> // SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM, SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS
                "it cannot verify signatures of our kind of key; another kind of key may help";
            case 199 -> // SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE
                "it has shown no certificate, and is not let in without";
            case 281 -> // SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC
                "a record was changed on its way, or was made with other keys";
            case 150, 198 -> // SSL_R_ENCRYPTED_LENGTH_TOO_LONG, SSL_R_PACKET_LENGTH_TOO_LONG
                "a record is longer than any may be (RFC 8446 §5.2)";
            case 338 -> // SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED
                "it does not know secure renegotiation (RFC 5746), and needs an update";
            default -> null;
        };
    }
}
