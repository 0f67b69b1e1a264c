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
}
