package bowline.tls;

import bowline.tls.certificate.ClientVerifier;
import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.certificate.Trust;
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

    /// Clients must show a certificate that somebody vouches for whom `trust` believes (TLS-5). It is judged by
    /// the time of the connection's reactor.
    public static ServerIdentity requiring(TlsIdentity identity, Trust trust) {
        return new ServerIdentity(identity, ClientCertificates.REQUIRED, new ClientVerifier(trust, PresentTime::now));
    }

    /// The same, but a client that has no certificate is let in all the same: what it may do then is up to the
    /// protocol, which finds [bowline.tls.engine.TlsSession#peerCertificates] empty.
    public static ServerIdentity wanting(TlsIdentity identity, Trust trust) {
        return new ServerIdentity(identity, ClientCertificates.WANTED, new ClientVerifier(trust, PresentTime::now));
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
