package bowline.socks;

import bowline.defer.Deferred;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Users and passwords from the lines of a file, `user:password` each. Empty lines and those that begin with `#`
/// are passed over; a password may have colons.
///
/// Passwords are kept and compared as digests, and an unknown user takes as long as a wrong password (G12).
public final class PasswordFile implements PasswordCheck {
    private final Map<String, byte[]> digests = new HashMap<>();
    private final byte[] nobody = new byte[digest("").length];

    /// The users of these lines.
    ///
    /// @throws IllegalArgumentException if a line is none; the message has its number, and nothing of what is in it
    public PasswordFile(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                add(line, i + 1);
            }
        }
        if (digests.isEmpty()) {
            throw new IllegalArgumentException("it has no line user:password, so nobody could log in");
        }
    }

    private void add(String line, int number) {
        int colon = line.indexOf(':');
        if (colon < 1 || colon == line.length() - 1) {
            throw new IllegalArgumentException("its line " + number + " is not user:password");
        }
        if (digests.putIfAbsent(line.substring(0, colon), digest(line.substring(colon + 1))) != null) {
            throw new IllegalArgumentException("its line " + number + " has a user that came before");
        }
    }

    /// How many users there are.
    public int users() {
        return digests.size();
    }

    @Override
    public Deferred<Boolean> check(String user, String password) {
        byte[] given = digest(password);
        // No digest is all zeros: who is unknown is compared too, and found wrong.
        return Deferred.succeed(MessageDigest.isEqual(given, digests.getOrDefault(user, nobody)));
    }

    private static byte[] digest(String password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
