package bowline.tls.source;

import bowline.tls.certificate.CertificateReader;
import bowline.tls.certificate.ClientVerifier;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.Purpose;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.certificate.TrustRoots;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;

/// Reads PEM, or whatever else the readers of certificates know.
///
/// @param now the time by which certificates are judged, clients' too
record PemLoader(Supplier<Instant> now) implements IdentityLoader {

    @Override
    public TlsIdentity identity(String source, byte[] key, byte[] chain) throws GeneralSecurityException {
        IdentityReader reader = IdentityReader.of(Purpose.SERVER, now);
        return Arrays.equals(key, chain) ? reader.read(source, chain) : reader.read(source, key, chain);
    }

    @Override
    public PeerVerifier clients(String source, byte[] authorities) throws GeneralSecurityException {
        return new ClientVerifier(TrustRoots.of(CertificateReader.bytes(source, authorities)), now);
    }
}
