package bowline.cred.hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A password that is not hashed at all, written `{PLAIN}secret`. Whoever reads the file knows it; only for protocols
/// that need the password itself (CRAM-MD5, HTTP Digest), and for tests.
///
/// @param password the password
public record PlainPassword(String password) implements PasswordHash {

    @Override
    public boolean isOf(String attempt) {
        return MessageDigest.isEqual(
                password.getBytes(StandardCharsets.UTF_8), attempt.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String text() {
        return "{PLAIN}" + password;
    }

    @Override
    public String toString() {
        return "PlainPassword[…]";
    }
}
