package bowline.tls.hello;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client says first (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2). Numbers and names that only keep servers used to
/// unknown ones (GREASE, RFC 8701) are left out of the lists.
///
/// @param serverName whom it asks for (RFC 6066 §3), in lower case; null if it does not say
/// @param applicationProtocols what it would speak (RFC 7301), its preferred one first, a character for each byte;
/// empty if it does not say
/// @param signatureSchemes what it can verify, by their IANA numbers; empty if it does not say
/// @param versions the versions it can speak, by their numbers on the wire, as in 0x0304; from a client older than
/// TLS 1.3 only its highest, and older ones may be meant
/// @param cipherSuites by their IANA numbers, its preferred one first
/// @param resuming whether it wants to go on with an earlier session
public record ClientHello(
        @Nullable String serverName,
        List<String> applicationProtocols,
        List<Integer> signatureSchemes,
        List<Integer> versions,
        List<Integer> cipherSuites,
        boolean resuming) {
    /// Copies the lists.
    public ClientHello {
        applicationProtocols = List.copyOf(applicationProtocols);
        signatureSchemes = List.copyOf(signatureSchemes);
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
    }
}
