package bowline.tls.jsse;

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
        if (verdict.getCause() instanceof CertPathValidatorException path) {
            return path;
        }
        BasicReason reason = basicReason(verdict);
        return reason == null
                ? verdict
                : new CertPathValidatorException(verdict.getMessage(), verdict, null, -1, reason);
    }

    private static @Nullable BasicReason basicReason(CertificateException verdict) {
        return switch (verdict) {
            case CertificateExpiredException _ -> BasicReason.EXPIRED;
            case CertificateNotYetValidException _ -> BasicReason.NOT_YET_VALID;
            case CertificateRevokedException _ -> BasicReason.REVOKED;
            default -> null;
        };
    }
}
