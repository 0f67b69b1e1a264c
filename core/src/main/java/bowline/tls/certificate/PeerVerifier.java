package bowline.tls.certificate;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Judges the certificates that a peer has shown. It runs as part of the work of an engine, so on any thread.
public interface PeerVerifier {

    /// Takes them, or says why not.
    ///
    /// @param chain the peer's own first
    /// @param staple the OCSP response that came with it, in DER; null if none did
    /// @throws CertificateException with words for the log: which certificate, what is wrong with it, what to do
    void verify(List<X509Certificate> chain, byte @Nullable [] staple) throws CertificateException;

    /// Which authorities a client is told of that may choose among certificates; empty for no hint.
    List<X500Principal> acceptedIssuers();
}
