package bowline.cred.sasl;

import java.security.SecureRandom;
import java.util.Base64;

/// Fresh text that nobody can foresee (G11).
final class Nonces {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 18;

    private Nonces() {}

    static String fresh() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
