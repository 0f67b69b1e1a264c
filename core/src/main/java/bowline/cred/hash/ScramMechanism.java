package bowline.cred.hash;

import javax.crypto.Mac;

/// The SCRAM mechanisms (RFC 5802, RFC 7677), by their digests.
public enum ScramMechanism {
    /// RFC 5802. Only for old peers.
    SHA_1("SCRAM-SHA-1", "SHA-1"),
    /// RFC 7677.
    SHA_256("SCRAM-SHA-256", "SHA-256");

    private final String title;
    private final String digest;

    ScramMechanism(String title, String digest) {
        this.title = title;
        this.digest = digest;
    }

    /// The name in SASL, without `-PLUS`.
    public String title() {
        return title;
    }

    /// H of RFC 5802 §2.2.
    public byte[] hash(byte[] bytes) {
        return Jca.digest(digest).digest(bytes);
    }

    /// HMAC of RFC 5802 §2.2.
    public byte[] hmac(byte[] key, byte[] text) {
        Mac mac = Jca.mac(Pbkdf2.macOf(digest), key);
        return mac.doFinal(text);
    }

    /// Hi of RFC 5802 §2.2: the salted password, slow by design.
    public byte[] saltedPassword(byte[] password, byte[] salt, int iterations) {
        return Pbkdf2.derive(Pbkdf2.macOf(digest), password, salt, iterations, hashBytes());
    }

    /// Length of its digest.
    public int hashBytes() {
        return this == SHA_1 ? 20 : 32;
    }
}
