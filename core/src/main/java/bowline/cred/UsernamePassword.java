package bowline.cred;

import bowline.bytes.Ascii;
import bowline.defer.Deferred;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A name and the password itself (CRD-7). The only kind that checkers with hashed passwords can use, and only for
/// connections that are encrypted.
///
/// @param username who they say they are
/// @param password never logged: [#toString] leaves it out
public record UsernamePassword(String username, String password) implements UsernameHashedPassword {

    @Override
    public Deferred<Boolean> checkPassword(String expected) {
        return Deferred.succeed(MessageDigest.isEqual(
                password.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "UsernamePassword[" + Ascii.quote(username, 40) + "]";
    }
}
