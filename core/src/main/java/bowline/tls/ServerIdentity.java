package bowline.tls;

import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import org.jspecify.annotations.Nullable;

/// How a server proves itself under one name, and what it demands of those who ask for that name.
///
/// @param identity key, chain and staple
/// @param clientCertificates whether clients are asked for one
/// @param clientVerifier judges them; null exactly if none is asked for
public record ServerIdentity(
        TlsIdentity identity,
        ClientCertificates clientCertificates,
        @Nullable PeerVerifier clientVerifier) {

    /// Without a demand on clients.
    public static ServerIdentity of(TlsIdentity identity) {
        return new ServerIdentity(identity, ClientCertificates.NOT_ASKED, null);
    }

    /// Whether the certificate is for `host`, as a client names it inside of the connection: in a Host field,
    /// without the port, for one. Who is asked for somebody else should refuse (TLS-2), in HTTP with 421 (RFC
    /// 9110 §15.5.20); a server of many names asks [CertificateSource#covers], which knows what the others
    /// demand.
    public boolean covers(String host) {
        return CertificateNames.of(identity.certificate()).cover(host);
    }

    /// Whether both demand the same of their clients: nothing, or a certificate in the same way and by the same
    /// verifier.
    public boolean demandsAs(ServerIdentity other) {
        return clientCertificates == other.clientCertificates && clientVerifier == other.clientVerifier;
    }
}
