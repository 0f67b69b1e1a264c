package bowline.cred.hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/// What a SCRAM server keeps of a password (RFC 5802 §3), as PostgreSQL writes it:
/// `SCRAM-SHA-256$4096:salt$StoredKey:ServerKey`.
///
/// @param mechanism whose keys they are
/// @param iterations of the salted password
/// @param salt the salt
/// @param storedKey recognises the client
/// @param serverKey proves the server
@SuppressWarnings("ArrayRecordComponent") // compared only in constant time, never by equals
public record ScramSecret(ScramMechanism mechanism, int iterations, byte[] salt, byte[] storedKey, byte[] serverKey)
        implements PasswordHash {

    /// Fewest iterations that are accepted (RFC 7677 §4, rule X1).
    public static final int ITERATIONS_MIN = 4096;

    private static final String FORM = "SCRAM-SHA-256$4096:salt$StoredKey:ServerKey";

    /// Makes the secret of `password`, prepared by SASLprep where that is possible.
    public static ScramSecret of(ScramMechanism mechanism, String password, byte[] salt, int iterations) {
        byte[] salted = mechanism.saltedPassword(prepared(password), salt, iterations);
        return new ScramSecret(
                mechanism,
                iterations,
                salt,
                mechanism.hash(clientKey(mechanism, salted)),
                serverKey(mechanism, salted));
    }

    /// The client's key of a salted password.
    public static byte[] clientKey(ScramMechanism mechanism, byte[] salted) {
        return mechanism.hmac(salted, "Client Key".getBytes(StandardCharsets.US_ASCII));
    }

    /// The server's key of a salted password.
    public static byte[] serverKey(ScramMechanism mechanism, byte[] salted) {
        return mechanism.hmac(salted, "Server Key".getBytes(StandardCharsets.US_ASCII));
    }

    static ScramSecret parse(List<String> parts, HashLimits limits) {
        HashText.expect(parts.size() == 3, "SCRAM", FORM);
        ScramMechanism mechanism = switch (parts.getFirst()) {
            case "SCRAM-SHA-1" -> ScramMechanism.SHA_1;
            case "SCRAM-SHA-256" -> ScramMechanism.SHA_256;
            default -> throw new IllegalArgumentException("SCRAM comes as SCRAM-SHA-256 or SCRAM-SHA-1");
        };
        List<String> costs = HashText.split(parts.get(1), ':');
        List<String> keys = HashText.split(parts.get(2), ':');
        HashText.expect(costs.size() == 2 && keys.size() == 2, "SCRAM", FORM);
        int iterations = HashText.number(costs.getFirst(), "SCRAM: iterations");
        HashText.expect(iterations >= ITERATIONS_MIN, "SCRAM", "with at least " + ITERATIONS_MIN + " iterations");
        limits.check("SCRAM: iterations", iterations, "iterationsMax", limits.iterationsMax());
        byte[] stored = HashText.base64(keys.getFirst(), "SCRAM");
        byte[] server = HashText.base64(keys.getLast(), "SCRAM");
        HashText.expect(
                stored.length == mechanism.hashBytes() && server.length == mechanism.hashBytes(), "SCRAM", FORM);
        byte[] salt = HashText.base64(costs.getLast(), "SCRAM");
        return new ScramSecret(mechanism, iterations, salt, stored, server);
    }

    @Override
    public boolean isOf(String password) {
        byte[] bytes = prepared(password);
        return MessageDigest.isEqual(
                storedKey, mechanism.hash(clientKey(mechanism, mechanism.saltedPassword(bytes, salt, iterations))));
    }

    /// A password that SASLprep forbids is taken as it is: PostgreSQL does the same.
    private static byte[] prepared(String password) {
        String text = password;
        try {
            text = SaslPrep.stored(password);
        } catch (IllegalArgumentException forbidden) {
            // Told above.
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String text() {
        var base64 = Base64.getEncoder();
        return mechanism.title() + "$" + iterations + ":" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(storedKey) + ":" + base64.encodeToString(serverKey);
    }

    @Override
    public String toString() {
        return "ScramSecret[" + mechanism.title() + ", iterations=" + iterations + "]";
    }
}
