package bowline.cred;

import bowline.cred.hash.ScramMechanism;
import bowline.cred.hash.ScramSecret;
import bowline.defer.Deferred;

/// A checker that can challenge users by SCRAM: what a protocol asks between the client's first message and the
/// server's (RFC 5802 §5).
public interface ScramSecrets {

    /// The secret to challenge this user with. Never fails because there is no such user, or none with a secret
    /// of this mechanism: then a secret is made up, always the same for one name, whose password nobody knows
    /// (CRD-5).
    Deferred<ScramSecret> scramSecret(String username, ScramMechanism mechanism);
}
