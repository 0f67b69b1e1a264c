package bowline.run.certificate;

import bowline.tls.certificate.CertificateWords;
import bowline.tls.certificate.KeyPin;
import java.io.PrintStream;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A chain as people read it.
///
/// @param out where it is told
/// @param now the time
record ChainReport(PrintStream out, Instant now) {

    /// `"CN=x" for "a.example", good until 2027-01-01T00:00:00Z`.
    static String headline(X509Certificate certificate) {
        boolean isAuthority = certificate.getBasicConstraints() >= 0;
        return CertificateWords.subject(certificate)
                + (isAuthority ? ", an authority" : ", for " + CertificateWords.names(certificate)) + ", good until "
                + CertificateWords.notAfter(certificate);
    }

    void tell(List<X509Certificate> chain) {
        for (int i = 0; i < chain.size(); i++) {
            tell(i + 1, chain.get(i));
        }
    }

    private void tell(int number, X509Certificate certificate) {
        boolean isAuthority = certificate.getBasicConstraints() >= 0;
        boolean isSelfIssued = CertificateWords.isSelfIssued(certificate);
        out.println(number + ". " + CertificateWords.subject(certificate) + (isAuthority ? ", an authority" : ""));
        if (!isAuthority) {
            line("for", CertificateWords.names(certificate));
        }
        line("signed by", isSelfIssued ? "itself" : CertificateWords.issuer(certificate));
        line("with", certificate.getSigAlgName());
        line("good from", CertificateWords.notBefore(certificate).toString());
        line("good until", CertificateWords.notAfter(certificate) + left(CertificateWords.notAfter(certificate)));
        line("key", CertificateWords.key(certificate.getPublicKey()));
        line("pin", KeyPin.of(certificate.getPublicKey()).toString());
        line("serial", certificate.getSerialNumber().toString(16));
        line("SHA-256", CertificateWords.fingerprint(certificate));
    }

    private String left(Instant last) {
        long days = Duration.between(now, last).toDays();
        if (last.isBefore(now)) {
            return " (it has expired)";
        }
        return days == 1 ? " (1 day left)" : " (" + days + " days left)";
    }

    private void line(String name, String value) {
        out.println("   " + name + " ".repeat(Math.max(1, 12 - name.length())) + value);
    }
}
