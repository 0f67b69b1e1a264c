package bowline.cred;

import bowline.cred.hash.ScramMechanism;
import bowline.cred.hash.ScramSecret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/// Secrets for users that do not exist, so that asking for one looks like asking for any other (CRD-5): the salt
/// depends on the name and on a key of this process, the keys are random.
final class MadeUpSecrets {
    private static final int SALT_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final byte[] key = bytes(32);

    /// @param iterations what real users have
    ScramSecret of(String username, ScramMechanism mechanism, int iterations) {
        byte[] salt = Arrays.copyOf(
                ScramMechanism.SHA_256.hmac(key, (mechanism + username).getBytes(StandardCharsets.UTF_8)), SALT_BYTES);
        int size = mechanism.hashBytes();
        return new ScramSecret(mechanism, iterations, salt, bytes(size), bytes(size));
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
