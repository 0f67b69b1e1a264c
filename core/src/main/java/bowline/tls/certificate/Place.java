package bowline.tls.certificate;

import bowline.tls.certificate.CertificateRefused.Kind;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// Which certificate a complaint is about.
///
/// @param certificate which
/// @param words what it is, as in `the server's certificate`
/// @param position where it stands in the chain, the peer's own being 0; -1 for a trusted one that was not shown
/// @param count how many the chain has
record Place(X509Certificate certificate, String words, int position, int count) {

    CertificateRefused refusal(Kind kind, String what, String advice) {
        return refusal(kind, what, advice, null);
    }

    /// `the server's certificate "CN=x" (1 of 2, serial 4f00a1b2…): it expired …; renew it`.
    CertificateRefused refusal(Kind kind, String what, String advice, @Nullable Throwable cause) {
        String where = position < 0 ? "" : (position + 1) + " of " + count + ", ";
        return new CertificateRefused(
                kind,
                position,
                words + " " + CertificateWords.subject(certificate) + " (" + where + "serial "
                        + CertificateWords.serial(certificate) + "): " + what + "; " + advice,
                cause);
    }
}
