package bowline.tls.certificate;

import bowline.bytes.Ascii;
import bowline.tls.certificate.der.DerReader;
import bowline.tls.certificate.der.DerWriter;
import bowline.tls.certificate.der.NotDer;
import bowline.tls.certificate.der.Oid;
import bowline.tls.certificate.der.Tag;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// A certificate before it is signed, field by field (RFC 5280 §4.1). It says what it is told to, sense or nonsense;
/// [CertificateMaker] knows what belongs together.
///
/// Not safe for several threads.
public final class CertificateDraft {
    private static final int VERSION_3 = 2;
    private static final int KEY_IDENTIFIER_BYTES = 20;
    private static final int STATUS_REQUEST = 5;

    private final X500Principal subject;
    private final PublicKey key;
    private final Map<String, byte[]> extensions = new LinkedHashMap<>();
    private BigInteger serial = BigInteger.ONE;
    private Instant from = Instant.EPOCH;
    private Instant until = Instant.EPOCH;
    private @Nullable SignatureScheme scheme;

    /// @param subject whom it speaks of
    /// @param key the key that it says is theirs
    public CertificateDraft(X500Principal subject, PublicKey key) {
        this.subject = subject;
        this.key = key;
    }

    /// Its number, different for each certificate of an authority.
    public CertificateDraft serial(BigInteger number) {
        serial = number;
        return this;
    }

    /// From when until when it is good, to the second, both included.
    public CertificateDraft valid(Instant first, Instant last) {
        from = first;
        until = last;
        return this;
    }

    /// It is an authority's.
    ///
    /// @param pathLengthMax how many other authorities may stand between it and a certificate of somebody else; -1
    /// for any number
    public CertificateDraft authority(int pathLengthMax) {
        byte[] isAuthority = DerWriter.bool(true);
        return extension(
                Oid.BASIC_CONSTRAINTS,
                true,
                pathLengthMax < 0
                        ? DerWriter.sequence(isAuthority)
                        : DerWriter.sequence(isAuthority, DerWriter.integer(pathLengthMax)));
    }

    /// It is no authority's.
    public CertificateDraft noAuthority() {
        return extension(Oid.BASIC_CONSTRAINTS, true, DerWriter.sequence());
    }

    /// What the key may be used for.
    public CertificateDraft keyUse(KeyUse... uses) {
        int bits = Arrays.stream(uses).mapToInt(use -> 1 << use.number()).reduce(0, (a, b) -> a | b);
        return extension(Oid.KEY_USAGE, true, DerWriter.namedBits(bits));
    }

    /// For what purposes it is good.
    ///
    /// @param purposes object identifiers, as [Purpose#identifier]
    public CertificateDraft purposes(String... purposes) {
        return extension(
                Oid.EXTENDED_KEY_USAGE,
                false,
                DerWriter.sequence(
                        Arrays.stream(purposes).map(DerWriter::objectIdentifier).toArray(byte[][]::new)));
    }

    /// The names of the subject; critical if the subject itself is empty (RFC 5280 §4.2.1.6).
    ///
    /// @throws IllegalArgumentException if one has characters that are not ASCII
    public CertificateDraft names(List<? extends AlternativeName> names) {
        return extension(
                Oid.SUBJECT_ALTERNATIVE_NAME,
                subject.getName().isEmpty(),
                DerWriter.sequence(names.stream().map(AlternativeName::encoded).toArray(byte[][]::new)));
    }

    /// An authority may vouch only for hosts in these domains, and for no address (RFC 5280 §4.2.1.10).
    public CertificateDraft onlyForDomains(List<String> domains) {
        var permitted = new ArrayList<byte[]>();
        for (String domain : domains) {
            permitted.add(DerWriter.sequence(DerWriter.part(Tag.primitive(2), Ascii.bytes(domain))));
        }
        byte[] anyAddress4 = DerWriter.sequence(DerWriter.part(Tag.primitive(7), new byte[8]));
        byte[] anyAddress6 = DerWriter.sequence(DerWriter.part(Tag.primitive(7), new byte[32]));
        return extension(
                Oid.NAME_CONSTRAINTS,
                true,
                DerWriter.sequence(
                        DerWriter.explicit(0, permitted.toArray(byte[][]::new)),
                        DerWriter.explicit(1, anyAddress4, anyAddress6)));
    }

    /// Clients shall refuse it without a staple (RFC 7633).
    public CertificateDraft mustStaple() {
        return extension(Oid.TLS_FEATURE, false, DerWriter.sequence(DerWriter.integer(STATUS_REQUEST)));
    }

    /// Any extension.
    ///
    /// @param value its value in DER, not yet in an OCTET STRING
    public CertificateDraft extension(String identifier, boolean critical, byte[] value) {
        byte[] name = DerWriter.objectIdentifier(identifier);
        byte[] content = DerWriter.octetString(value);
        extensions.put(
                identifier,
                critical ? DerWriter.sequence(name, DerWriter.bool(true), content) : DerWriter.sequence(name, content));
        return this;
    }

    /// Signs in another way than its signer's key would have it: for tests of what is refused.
    CertificateDraft signedLike(SignatureScheme other) {
        scheme = other;
        return this;
    }

    /// The certificate, signed by an authority.
    ///
    /// @throws GeneralSecurityException if the authority's key cannot sign
    public X509Certificate signedBy(TlsIdentity authority, SecureRandom random) throws GeneralSecurityException {
        X509Certificate issuer = authority.certificate();
        return signed(issuer.getSubjectX500Principal(), issuer.getPublicKey(), authority.key(), random);
    }

    /// The certificate, signed by its own key.
    ///
    /// @param own the private key that belongs to the one of this certificate
    /// @throws GeneralSecurityException if the key cannot sign
    public X509Certificate selfSigned(PrivateKey own, SecureRandom random) throws GeneralSecurityException {
        return signed(subject, key, own, random);
    }

    private X509Certificate signed(X500Principal issuer, PublicKey issuerKey, PrivateKey signer, SecureRandom random)
            throws GeneralSecurityException {
        extension(Oid.SUBJECT_KEY_IDENTIFIER, false, DerWriter.octetString(keyIdentifier(key)));
        extension(
                Oid.AUTHORITY_KEY_IDENTIFIER,
                false,
                DerWriter.sequence(DerWriter.part(Tag.primitive(0), keyIdentifier(issuerKey))));
        SignatureScheme how = scheme == null ? SignatureScheme.of(signer) : scheme;
        byte[] content = DerWriter.sequence(
                DerWriter.explicit(0, DerWriter.integer(VERSION_3)),
                DerWriter.integer(serial),
                how.encoded(),
                issuer.getEncoded(),
                DerWriter.sequence(DerWriter.time(from), DerWriter.time(until)),
                subject.getEncoded(),
                key.getEncoded(),
                DerWriter.explicit(3, DerWriter.sequence(extensions.values())));
        byte[] certificate = DerWriter.sequence(how.signed(content, signer, random));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    /// The first bytes of the SHA-256 of the key (RFC 7093 §2).
    static byte[] keyIdentifier(PublicKey key) throws GeneralSecurityException {
        return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(keyBits(key)), KEY_IDENTIFIER_BYTES);
    }

    /// The key without the words about its kind: what OCSP names an authority by (RFC 6960 §4.1.1).
    static byte[] keyBits(PublicKey key) throws GeneralSecurityException {
        try {
            DerReader parts = DerReader.of(key.getEncoded()).sequence();
            parts.skip();
            return parts.bitString();
        } catch (NotDer strange) {
            throw new GeneralSecurityException("a public key that is no SubjectPublicKeyInfo", strange);
        }
    }
}
