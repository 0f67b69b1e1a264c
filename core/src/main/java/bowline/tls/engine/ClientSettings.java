package bowline.tls.engine;

import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.TlsIdentity;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the connections of one kind of client have in common.
///
/// @param versions what may be agreed upon
/// @param verifier judges the server's certificate; there is no way to do without
/// @param identity what to show a server that asks for a certificate; null for nothing
/// @param applicationProtocols ALPN, the preferred one first; empty for no ALPN
/// @param resumption whether sessions are kept and resumed
/// @param keyLog who is told the secrets, for debugging; null for nobody
/// @param random where random bits come from; null for the system's generator. A simulation gives its own.
public record ClientSettings(
        Versions versions,
        PeerVerifier verifier,
        @Nullable TlsIdentity identity,
        List<String> applicationProtocols,
        boolean resumption,
        @Nullable KeyLog keyLog,
        @Nullable SecureRandom random) {
    /// Copies the list.
    public ClientSettings {
        applicationProtocols = List.copyOf(applicationProtocols);
    }
}
