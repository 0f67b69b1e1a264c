package bowline.tls.engine;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a handshake has agreed upon.
///
/// @param provider the implementation, as in `jsse`
/// @param version the version of TLS
/// @param cipherSuite by its IANA name, as in `TLS_AES_128_GCM_SHA256`
/// @param applicationProtocol what ALPN has chosen; null if nothing
/// @param serverName the name that the client asked for (SNI); null if it asked for none
/// @param resumed whether it goes on with an earlier session, without certificates on the wire
/// @param peerCertificates the peer's chain, its own first; empty if it showed none
/// @param localCertificates our own chain; empty if we showed none
public record TlsSession(
        String provider,
        TlsVersion version,
        String cipherSuite,
        @Nullable String applicationProtocol,
        @Nullable String serverName,
        boolean resumed,
        List<X509Certificate> peerCertificates,
        List<X509Certificate> localCertificates) {
    /// Copies the lists.
    public TlsSession {
        peerCertificates = List.copyOf(peerCertificates);
        localCertificates = List.copyOf(localCertificates);
    }

    /// `TLSv1.3, TLS_AES_128_GCM_SHA256, h2`
    @Override
    public String toString() {
        return version.standardName() + ", " + cipherSuite
                + (applicationProtocol == null ? "" : ", " + applicationProtocol) + (resumed ? ", resumed" : "");
    }
}
