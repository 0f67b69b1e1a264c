package bowline.tls.jsse;

import bowline.tls.certificate.CertificateRefused;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import org.jspecify.annotations.Nullable;

/// A verifier's "no", on its way through the JDK, which chooses the alert by the cause's reason.
final class Refusal extends CertificateException {
    private static final long serialVersionUID = 1;

    private final CertificateException verdict;

    Refusal(CertificateException verdict) {
        super(verdict.getMessage(), reason(verdict));
        this.verdict = verdict;
    }

    /// Why, in the verifier's words.
    String words() {
        String words = verdict.getMessage();
        return words == null ? "the peer's certificate is refused: " + verdict : words;
    }

    /// What the verifier threw.
    CertificateException verdict() {
        return verdict;
    }

    private static Throwable reason(CertificateException verdict) {
        BasicReason reason = basicReason(verdict);
        if (reason != null) {
            return new CertPathValidatorException(verdict.getMessage(), verdict, null, -1, reason);
        }
        return verdict.getCause() instanceof CertPathValidatorException path ? path : verdict;
    }

    private static @Nullable BasicReason basicReason(CertificateException verdict) {
        return switch (verdict) {
            case CertificateRefused refused -> reasonFor(refused.kind().alert());
            case CertificateExpiredException _ -> BasicReason.EXPIRED;
            case CertificateNotYetValidException _ -> BasicReason.NOT_YET_VALID;
            case CertificateRevokedException _ -> BasicReason.REVOKED;
            default -> null;
        };
    }

    /// By which the JDK, as a client, sends this alert. It has none for `unknown_ca` and others, and a server
    /// of its sends `certificate_unknown` whatever the reason.
    private static @Nullable BasicReason reasonFor(String alert) {
        return switch (alert) {
            case "certificate_expired" -> BasicReason.EXPIRED;
            case "bad_certificate" -> BasicReason.INVALID_SIGNATURE;
            case "unsupported_certificate" -> BasicReason.ALGORITHM_CONSTRAINED;
            case "certificate_revoked" -> BasicReason.REVOKED;
            case "bad_certificate_status_response" -> BasicReason.UNDETERMINED_REVOCATION_STATUS;
            default -> null;
        };
    }
}
