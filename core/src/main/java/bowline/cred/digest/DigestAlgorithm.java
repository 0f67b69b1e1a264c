package bowline.cred.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The algorithms of HTTP Digest (RFC 7616 §6.1).
public enum DigestAlgorithm {
    /// RFC 2617. Only for old peers.
    MD5("MD5", "MD5", false),
    /// MD5 with a session key.
    MD5_SESS("MD5-sess", "MD5", true),
    /// The one to use.
    SHA_256("SHA-256", "SHA-256", false),
    /// SHA-256 with a session key.
    SHA_256_SESS("SHA-256-sess", "SHA-256", true),
    /// SHA-512/256.
    SHA_512_256("SHA-512-256", "SHA-512/256", false),
    /// SHA-512/256 with a session key.
    SHA_512_256_SESS("SHA-512-256-sess", "SHA-512/256", true);

    private final String title;
    private final String digest;
    private final boolean session;

    DigestAlgorithm(String title, String digest, boolean session) {
        this.title = title;
        this.digest = digest;
        this.session = session;
    }

    /// The algorithm of this name, or null.
    static @Nullable DigestAlgorithm named(String title) {
        for (DigestAlgorithm each : values()) {
            if (each.title.equalsIgnoreCase(title)) {
                return each;
            }
        }
        return null;
    }

    /// The name in `algorithm=`.
    public String title() {
        return title;
    }

    /// Whether the key depends on the nonces of the session (`-sess`).
    boolean session() {
        return session;
    }

    /// H of RFC 7616 §3.3, of text in UTF-8.
    String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /// H of RFC 7616 §3.3.
    public String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(digest).digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no digest " + digest, missing);
        }
    }
}
