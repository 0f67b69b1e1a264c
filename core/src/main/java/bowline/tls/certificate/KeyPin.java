package bowline.tls.certificate;

import bowline.bytes.Ascii;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A public key by the SHA-256 of its SubjectPublicKeyInfo (RFC 7469 §2.4): it stays the same when a certificate is
/// renewed with the same key.
public final class KeyPin {
    private static final int HASH_BYTES = 32;
    private static final String PREFIX = "sha256/";
    private static final int QUOTED_MAX = 80;

    private final byte[] hash;

    private KeyPin(byte[] hash) {
        this.hash = hash;
    }

    /// The pin of a key.
    public static KeyPin of(PublicKey key) {
        try {
            return new KeyPin(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK has no SHA-256", impossible);
        }
    }

    /// A pin as people have it: `sha256/` or, as curl has it, `sha256//`, and base64; or 64 hexadecimal digits,
    /// with colons or without.
    ///
    /// @throws IllegalArgumentException if it is none
    public static KeyPin parse(String text) {
        byte[] hash = decoded(text);
        if (hash.length != HASH_BYTES) {
            throw refusal(text, "a hash of " + hash.length + " bytes");
        }
        return new KeyPin(hash);
    }

    private static byte[] decoded(String text) {
        try {
            if (!text.startsWith(PREFIX)) {
                return HexFormat.of().parseHex(text.replace(":", ""));
            }
            String behind = text.substring(PREFIX.length());
            // A hash of 32 bytes has 44 digits; one more slash at the front is curl's.
            return Base64.getDecoder()
                    .decode(behind.startsWith("/") && behind.length() > 44 ? behind.substring(1) : behind);
        } catch (IllegalArgumentException neither) {
            throw refusal(text, "neither hexadecimal nor " + PREFIX + "base64");
        }
    }

    private static IllegalArgumentException refusal(String text, String complaint) {
        return new IllegalArgumentException(Ascii.quote(text, QUOTED_MAX) + " is no pin of a key: " + complaint
                + "; write " + PREFIX + " and the base64 of the SHA-256 of its SubjectPublicKeyInfo");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPin pin && Arrays.equals(hash, pin.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    /// `sha256/` and base64.
    @Override
    public String toString() {
        return PREFIX + Base64.getEncoder().encodeToString(hash);
    }
}
