package bowline.tls.certificate;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/// An authority of one's own: it vouches for servers and clients, and who trusts its certificate trusts them.
/// [CertificateMaker#authority] makes a new one. Immutable and safe for any thread, as its maker is.
public final class PrivateAuthority {
    private static final Duration STAPLE_VALIDITY = Duration.ofDays(7);

    private final TlsIdentity identity;
    private final CertificateMaker maker;

    /// An authority that exists already, as read from its files.
    ///
    /// @param identity its key and certificate, and those who vouch for that
    /// @param maker makes what it signs
    /// @throws IllegalArgumentException if it is no authority's certificate
    public PrivateAuthority(TlsIdentity identity, CertificateMaker maker) {
        if (identity.certificate().getBasicConstraints() < 0) {
            throw new IllegalArgumentException(
                    CertificateWords.subject(identity.certificate()) + " is no authority's certificate");
        }
        this.identity = identity;
        this.maker = maker;
    }

    /// Its key and certificate. Keep the key apart from the servers'.
    public TlsIdentity identity() {
        return identity;
    }

    /// Its certificate, for those who shall trust it.
    public X509Certificate certificate() {
        return identity.certificate();
    }

    /// The trust of those who trust the one at the top of it, and nobody else.
    public TrustRoots trust() {
        return TrustRoots.of(List.of(identity.chain().getLast()));
    }

    /// A server's key and certificate.
    ///
    /// @param names as people write them, see [AlternativeName#of]; one at least
    /// @throws IllegalArgumentException if one cannot be a name, or there is none
    public TlsIdentity server(String... names) {
        return maker.server(identity, List.of(names));
    }

    /// A client's key and certificate.
    ///
    /// @param name whom it speaks of; a mail address is put among the names too
    public TlsIdentity client(String name) {
        return maker.client(identity, name);
    }

    /// An authority below this one. Certificates of it carry its own with them.
    ///
    /// @param name what people know it by
    public PrivateAuthority intermediate(String name) {
        return maker.intermediate(identity, name);
    }

    /// An OCSP response that says that a certificate of this authority is good, for a week.
    ///
    /// @return in DER, fit for [TlsIdentity#staple]
    public byte[] staple(X509Certificate certificate) {
        return maker.staple(identity, certificate, new StapleDraft(false, Duration.ZERO, STAPLE_VALIDITY));
    }

    /// An OCSP response that says that a certificate of this authority is revoked.
    ///
    /// @return in DER
    public byte[] revocation(X509Certificate certificate) {
        return maker.staple(identity, certificate, new StapleDraft(true, Duration.ZERO, STAPLE_VALIDITY));
    }
}
