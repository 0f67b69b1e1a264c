package bowline.tls.certificate;

import bowline.tls.certificate.CertificateRefused.Kind;
import bowline.tls.certificate.der.DerReader;
import bowline.tls.certificate.der.NotDer;
import bowline.tls.certificate.der.Oid;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is asked of each certificate by itself, whoever vouches for it.
final class CertificateRules {
    /// The shortest RSA key.
    static final int RSA_MIN_BITS = 2048;

    /// The smallest field of an elliptic curve.
    static final int EC_MIN_BITS = 256;

    private static final int STATUS_REQUEST = 5;

    private CertificateRules() {}

    /// Its time is now (RFC 5280 §4.1.2.5).
    static void checkTime(Place place, Instant now) throws CertificateRefused {
        Instant first = CertificateWords.notBefore(place.certificate());
        Instant last = CertificateWords.notAfter(place.certificate());
        if (now.isBefore(first)) {
            throw place.refusal(
                    Kind.NOT_YET_VALID,
                    "it is good from " + first + " on, in " + inWords(Duration.between(now, first)),
                    "is the clock of this machine right? It says " + now);
        }
        if (now.isAfter(last)) {
            throw place.refusal(
                    Kind.EXPIRED,
                    "it expired at " + last + ", " + inWords(Duration.between(last, now)) + " ago",
                    "it must be renewed by whom it belongs to (this machine's clock says " + now + ")");
        }
    }

    private static String inWords(Duration time) {
        if (time.toDays() > 1) {
            return time.toDays() + " days";
        }
        return time.toHours() > 1 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
    }

    /// Its key is long enough.
    static void checkKey(Place place) throws CertificateRefused {
        PublicKey key = place.certificate().getPublicKey();
        boolean strong = switch (key) {
            case RSAKey rsa -> rsa.getModulus().bitLength() >= RSA_MIN_BITS;
            case ECKey ec -> ec.getParams().getCurve().getField().getFieldSize() >= EC_MIN_BITS;
            case EdECKey _ -> true;
            default -> false;
        };
        if (!strong) {
            throw place.refusal(
                    Kind.WEAK_KEY,
                    "its key, " + CertificateWords.key(key) + ", is too weak",
                    "it must be made anew with RSA of " + RSA_MIN_BITS + " bits at least, with EC or with Ed25519");
        }
    }

    /// It is not signed with a hash that can be forged. Of no interest with those that are trusted themselves.
    static void checkSignature(Place place) throws CertificateRefused {
        String name = place.certificate().getSigAlgName();
        String hash = name.equals("RSASSA-PSS") ? hashOfPss(place.certificate()) : name;
        String plain = hash.toUpperCase(Locale.ROOT).replace("-", "");
        if (plain.startsWith("SHA1") || plain.startsWith("MD")) {
            throw place.refusal(
                    Kind.WEAK_SIGNATURE,
                    "it was signed with " + hash + ", which can be forged",
                    "it must be signed anew with SHA-256 or better");
        }
    }

    /// PSS says which hash in its parameters; SHA-1 if it says nothing (RFC 8017 §A.2.3).
    private static String hashOfPss(X509Certificate certificate) {
        byte[] parameters = certificate.getSigAlgParams();
        if (parameters == null) {
            return "SHA-1";
        }
        try {
            AlgorithmParameters read = AlgorithmParameters.getInstance("RSASSA-PSS");
            read.init(parameters);
            return read.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } catch (IOException | GeneralSecurityException unreadable) {
            return "SHA-1";
        }
    }

    /// It is good for what it is shown for (RFC 5280 §4.2.1.12), and its key may sign the handshake (RFC 8446
    /// §4.4.2.2).
    static void checkUse(Place place, Purpose purpose) throws CertificateRefused {
        if (!isFor(place, purpose)) {
            throw place.refusal(
                    Kind.WRONG_PURPOSE,
                    "it is not for a " + purpose.title() + " of TLS",
                    "one is needed with the extended key usage " + purpose.title() + "Auth");
        }
        boolean[] uses = place.certificate().getKeyUsage();
        if (uses != null && !uses[KeyUse.DIGITAL_SIGNATURE.number()]) {
            throw place.refusal(
                    Kind.WRONG_KEY_USE,
                    "its key may not sign handshakes",
                    "one is needed with the key usage digitalSignature");
        }
    }

    /// It is an authority's that may sign certificates, and for this purpose.
    ///
    /// @param purpose null: for none in particular
    /// @param below how many authorities stand between it and the peer's own
    static void checkAuthority(Place place, @Nullable Purpose purpose, int below) throws CertificateRefused {
        X509Certificate certificate = place.certificate();
        boolean old = certificate.getVersion() < 3 && place.position() < 0; // a trusted one of before RFC 5280
        if (certificate.getBasicConstraints() < 0 && !old) {
            throw place.refusal(
                    Kind.NOT_AN_AUTHORITY,
                    "it is no authority's, and yet has signed the one before it",
                    "who it belongs to may not make certificates; this may be an attack");
        }
        boolean[] uses = certificate.getKeyUsage();
        if (uses != null && !uses[KeyUse.SIGN_CERTIFICATES.number()]) {
            throw place.refusal(
                    Kind.AUTHORITY_MAY_NOT_SIGN,
                    "its key usage has no keyCertSign, and yet it has signed the one before it",
                    "the authority must be made anew");
        }
        if (!old && below > certificate.getBasicConstraints()) {
            throw place.refusal(
                    Kind.PATH_LENGTH_EXCEEDED,
                    "it allows for " + certificate.getBasicConstraints() + " authorities below it, and there are "
                            + below,
                    "certificates must be signed by an authority further up");
        }
        if (purpose != null && place.position() >= 0 && !isFor(place, purpose)) {
            throw place.refusal(
                    Kind.AUTHORITY_WRONG_PURPOSE,
                    "this authority is not for " + purpose.title() + "s of TLS",
                    "the certificate must come from another authority");
        }
    }

    private static boolean isFor(Place place, Purpose purpose) throws CertificateRefused {
        try {
            List<String> purposes = place.certificate().getExtendedKeyUsage();
            return purposes == null || purposes.contains(purpose.identifier()) || purposes.contains(Oid.ANY_PURPOSE);
        } catch (CertificateParsingException unreadable) {
            throw place.refusal(
                    Kind.UNREADABLE, "its extended key usage cannot be read", "it must be made anew", unreadable);
        }
    }

    /// Whether it wants to be refused without a staple (RFC 7633).
    static boolean mustStaple(Place place) throws CertificateRefused {
        byte[] extension = place.certificate().getExtensionValue(Oid.TLS_FEATURE);
        if (extension == null) {
            return false;
        }
        try {
            DerReader features =
                    DerReader.of(DerReader.of(extension).octetString()).sequence();
            boolean found = false;
            while (features.hasMore()) {
                found |= features.integer(0, 0xFFFF) == STATUS_REQUEST;
            }
            return found;
        } catch (NotDer unreadable) {
            throw place.refusal(Kind.UNREADABLE, "its TLS features cannot be read", "it must be made anew", unreadable);
        }
    }
}
