package bowline.tls.certificate;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/// Random bits that are the same each time.
final class SeededRandom {

    private SeededRandom() {}

    static SecureRandom of(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
