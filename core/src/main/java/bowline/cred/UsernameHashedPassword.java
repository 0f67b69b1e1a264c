package bowline.cred;

import bowline.defer.Deferred;

/// A name, and something by which a password can be checked that is known to the checker: a digest, mostly (CRD-7).
public interface UsernameHashedPassword extends Credentials {

    /// Who they say they are.
    String username();

    /// Whether these credentials were made with `password`. Compares in constant time (G12).
    Deferred<Boolean> checkPassword(String password);
}
