package bowline.tls.source;

import bowline.tls.certificate.der.DerReader;
import bowline.tls.certificate.der.NotDer;
import bowline.tls.certificate.der.Oid;
import bowline.tls.certificate.der.Tag;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An OCSP response (RFC 6960 §4.2) that is to be shown with a certificate. Whether it is signed as it should be is
/// for the clients to see; here is told what would make it useless to all of them.
final class OcspStaple {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'");

    /// Most answers in a response that are looked at; authorities give one (RFC 5019 §2.2.1).
    private static final int ANSWERS_MAX = 100;

    /// By how much clocks may differ.
    private static final Duration SLACK = Duration.ofMinutes(15);

    /// A response that does not say how long it is good is used for as long as this, from its own time.
    private static final Duration WITHOUT_END = Duration.ofDays(1);

    private static final Map<String, String> HASHES =
            Map.of(Oid.SHA1, "SHA-1", "2.16.840.1.101.3.4.2.1", "SHA-256", "2.16.840.1.101.3.4.2.2", "SHA-384");

    private final X509Certificate certificate;
    private final Instant now;

    private OcspStaple(X509Certificate certificate, Instant now) {
        this.certificate = certificate;
        this.now = now;
    }

    /// The moment from which on `response` must not be shown any more.
    ///
    /// @throws CertificateException if it should not be shown for `certificate` even now; says why
    static Instant end(byte[] response, X509Certificate certificate, Instant now) throws CertificateException {
        try {
            return new OcspStaple(certificate, now).read(response);
        } catch (NotDer | DateTimeException broken) {
            throw new CertificateException("it is no OCSP response in DER: " + broken.getMessage(), broken);
        }
    }

    private Instant read(byte[] response) throws NotDer, CertificateException {
        DerReader whole = DerReader.of(response);
        DerReader parts = whole.sequence();
        whole.end();
        byte[] status = parts.content(Tag.ENUMERATED);
        if (status.length != 1 || status[0] != 0) {
            throw new CertificateException("the authority did not answer, but said that it could not");
        }
        DerReader answer = parts.parts(Tag.constructed(0)).sequence();
        String type = answer.objectIdentifier();
        if (!type.equals(Oid.OCSP_BASIC)) {
            throw new CertificateException("it is a response of a kind that nobody uses, " + type);
        }
        return basic(DerReader.of(answer.octetString()).sequence().sequence());
    }

    /// ResponseData: version, who answers, when, the answers.
    private Instant basic(DerReader data) throws NotDer, CertificateException {
        if (data.nextIs(Tag.constructed(0))) {
            data.skip();
        }
        data.skip();
        data.skip();
        DerReader answers = data.sequence();
        for (int i = 0; i < ANSWERS_MAX && answers.hasMore(); i++) {
            DerReader answer = answers.sequence();
            if (isMeant(answer.sequence())) {
                return good(answer);
            }
        }
        throw new CertificateException("it is not for this certificate, but for another one");
    }

    /// CertID: a hash, the issuer's name by it, the issuer's key by it, the serial number.
    private boolean isMeant(DerReader id) throws NotDer, CertificateException {
        String hash = HASHES.get(id.sequence().objectIdentifier());
        byte[] issuerName = id.octetString();
        id.octetString();
        BigInteger serial = id.integer();
        return serial.equals(certificate.getSerialNumber())
                && (hash == null || MessageDigest.isEqual(issuerName, issuerName(hash)));
    }

    private byte[] issuerName(String hash) throws CertificateException {
        try {
            return MessageDigest.getInstance(hash)
                    .digest(certificate.getIssuerX500Principal().getEncoded());
        } catch (GeneralSecurityException lacking) {
            throw new CertificateException("this JDK cannot compute " + hash, lacking);
        }
    }

    /// What is said of the certificate, since when, until when.
    private Instant good(DerReader answer) throws NotDer, CertificateException {
        if (!answer.nextIs(Tag.primitive(0))) {
            throw new CertificateException(
                    answer.nextIs(Tag.constructed(1))
                            ? "it says that the certificate is revoked: get a new one, for clients that ask will refuse it"
                            : "it says that the authority does not know the certificate");
        }
        answer.skip();
        Instant from = time(answer);
        @Nullable Instant told = answer.nextIs(Tag.constructed(0)) ? time(answer.parts(Tag.constructed(0))) : null;
        Instant end = told == null ? from.plus(WITHOUT_END) : told;
        if (from.isAfter(now.plus(SLACK))) {
            throw new CertificateException("it is good from " + from + " on only");
        }
        if (!end.isAfter(now)) {
            throw new CertificateException("it was good until " + end + "; it must be fetched anew");
        }
        return end;
    }

    private static Instant time(DerReader parts) throws NotDer {
        String text = new String(parts.content(Tag.GENERALIZED_TIME), StandardCharsets.ISO_8859_1);
        return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
    }
}
