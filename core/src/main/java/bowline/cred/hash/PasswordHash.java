package bowline.cred.hash;

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

    /// Whether `password` is the one. Takes as long as the scheme wants, so it belongs on a thread of the pool
    /// unless it [is quick][#isQuick]. Compares in constant time (G12).
    boolean verify(String password);

    /// The word to keep, in the form that [#parse] reads.
    String text();

    /// The scheme's name, for logs.
    String scheme();

    /// Whether verifying takes microseconds: nothing to take to another thread for.
    default boolean isQuick() {
        return false;
    }
}
