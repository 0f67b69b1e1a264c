package bowline.tls.certificate;

import bowline.bytes.Ascii;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/// Certificates in words, for errors and logs; what the peer wrote is quoted and shortened (G10).
public final class CertificateWords {
    private static final int NAME_MAX_CHARS = 80;
    private static final int SERIAL_SHOWN_CHARS = 8;
    private static final int NAMES_SHOWN_MAX = 5;

    private CertificateWords() {}

    /// `"CN=www.example.com"`; `"no name"` where the subject is empty.
    public static String subject(X509Certificate certificate) {
        return name(certificate.getSubjectX500Principal());
    }

    /// The same of who has signed it.
    public static String issuer(X509Certificate certificate) {
        return name(certificate.getIssuerX500Principal());
    }

    static String name(X500Principal name) {
        String text = name.getName();
        return text.isEmpty() ? "(no name)" : Ascii.quote(text, NAME_MAX_CHARS);
    }

    /// The first digits of the serial number, in hexadecimal.
    public static String serial(X509Certificate certificate) {
        String digits = certificate.getSerialNumber().toString(16);
        return digits.length() > SERIAL_SHOWN_CHARS ? digits.substring(0, SERIAL_SHOWN_CHARS) + "…" : digits;
    }

    /// `EC 256 bits`, `RSA 2048 bits`, `Ed25519`.
    public static String key(PublicKey key) {
        return switch (key) {
            case RSAKey rsa -> "RSA " + rsa.getModulus().bitLength() + " bits";
            case ECKey ec -> "EC " + ec.getParams().getCurve().getField().getFieldSize() + " bits";
            case EdECKey edwards -> edwards.getParams().getName();
            default -> key.getAlgorithm();
        };
    }

    /// The names that it is for, shortened: `"a.example", "b.example", 192.0.2.1 and 40 more`.
    public static String names(X509Certificate certificate) {
        PresentedNames names = PresentedNames.of(certificate);
        List<String> shown = names.all().stream()
                .map(each -> Ascii.quote(each, NAME_MAX_CHARS))
                .toList();
        if (shown.isEmpty()) {
            return "no name at all";
        }
        int more = shown.size() - NAMES_SHOWN_MAX;
        return more > 0
                ? String.join(", ", shown.subList(0, NAMES_SHOWN_MAX)) + " and " + more + " more"
                : String.join(", ", shown);
    }

    /// The hosts that it is for, names first and then addresses, as they stand there: they may be anything.
    public static List<String> hosts(X509Certificate certificate) {
        PresentedNames names = PresentedNames.of(certificate);
        return Stream.concat(names.hosts().stream(), names.addresses().stream().map(InetAddress::getHostAddress))
                .toList();
    }

    /// The first moment that it is good at.
    public static Instant notBefore(X509Certificate certificate) {
        return certificate.getNotBefore().toInstant();
    }

    /// The last moment that it is good at.
    public static Instant notAfter(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    /// SHA-256 of the whole certificate, as browsers and `openssl x509 -fingerprint` show it: pairs of digits with
    /// colons.
    public static String fingerprint(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a certificate that was read cannot be written", broken);
        }
    }

    /// Whether it names itself as its issuer, as roots do. Whether it has signed itself is not looked at.
    public static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
