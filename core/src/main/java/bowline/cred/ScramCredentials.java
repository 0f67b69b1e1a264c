package bowline.cred;

import bowline.bytes.Ascii;
import bowline.cred.hash.ScramSecret;
import bowline.cred.sasl.ScramServer;

/// A SCRAM conversation whose client has sent its last message (RFC 5802). After the portal let it in, the protocol
/// sends [ScramServer#verification]; otherwise [ScramServer#refusal].
///
/// @param server the conversation, [finished][ScramServer#finish]
public record ScramCredentials(ScramServer server) implements Credentials {

    /// Who they say they are.
    public String username() {
        return server.username();
    }

    /// Whether the client has proven the password of `secret`. In constant time (G12).
    public boolean isProvenBy(ScramSecret secret) {
        return server.isProvenBy(secret);
    }

    @Override
    public String toString() {
        return "ScramCredentials[" + Ascii.quote(username(), 40) + "]";
    }
}
