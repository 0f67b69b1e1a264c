package bowline.tls.engine;

import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.TlsIdentity;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the connections of a server have in common that prove themselves by one identity. Sessions are resumed only
/// within one such context, so that no resumption leads to another host or past another host's demands (TLS-2).
///
/// @param versions what may be agreed upon
/// @param identity key, chain and staple
/// @param clientCertificates whether clients are asked for one
/// @param clientVerifier judges them; null exactly if none is asked for
/// @param applicationProtocols ALPN, our preferred one first (TLS-7); empty for no ALPN. Clients that offer others only
/// are refused with `no_application_protocol` (TLS-6)
/// @param resumption whether tickets are given, and taken
/// @param keyLog who is told the secrets, for debugging; null for nobody
/// @param random where random bits come from; null for the system's generator. A simulation gives its own.
public record ServerSettings(
        Versions versions,
        TlsIdentity identity,
        ClientCertificates clientCertificates,
        @Nullable PeerVerifier clientVerifier,
        List<String> applicationProtocols,
        boolean resumption,
        @Nullable KeyLog keyLog,
        @Nullable SecureRandom random) {
    /// Checks and copies.
    public ServerSettings {
        applicationProtocols = List.copyOf(applicationProtocols);
        if ((clientCertificates == ClientCertificates.NOT_ASKED) != (clientVerifier == null)) {
            throw new IllegalArgumentException(
                    "who asks for client certificates says whom to trust, and who does not has nothing to say");
        }
    }

    /// Whether clients are asked for a certificate.
    public enum ClientCertificates {
        /// They are not.
        NOT_ASKED,
        /// They are asked; one that has none is let in all the same, one with a bad one is not.
        WANTED,
        /// They are asked, and refused without.
        REQUIRED
    }
}
