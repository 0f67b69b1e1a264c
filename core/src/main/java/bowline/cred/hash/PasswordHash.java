package bowline.cred.hash;

import java.nio.charset.StandardCharsets;

/// A password as it is kept: enough to recognise it, and slow to guess from (CRD-8). Immutable, for any thread.
///
/// `toString` never shows the hash; [#text] is the word to keep.
public sealed interface PasswordHash permits Argon2, Bcrypt, Pbkdf2, PlainPassword, ScramSecret, Scrypt, ShaCrypt {

    /// Reads the text of any scheme there is.
    ///
    /// @throws IllegalArgumentException if the scheme is unknown, the text malformed or its cost above
    /// `limits`; the message does not repeat the hash
    static PasswordHash parse(String text, HashLimits limits) {
        return HashText.parse(text, limits);
    }

    /// Whether `password` is the one; too long a password by `HashLimits.DEFAULT` is not. Takes as long as the
    /// scheme wants, so it belongs on a thread of the pool. Compares in constant time (G12).
    default boolean verify(String password) {
        return verify(password, HashLimits.DEFAULT);
    }

    /// The same with other limits, of which the length of the password counts: no hash is computed of a longer one.
    default boolean verify(String password, HashLimits limits) {
        return password.getBytes(StandardCharsets.UTF_8).length <= limits.passwordMaxBytes() && isOf(password);
    }

    /// Whether `password` is the one, however long it is.
    boolean isOf(String password);

    /// The word to keep, in the form that [#parse] reads.
    String text();
}
