package bowline.cred.hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/// scrypt (RFC 7914), as Python's passlib writes it: `$scrypt$ln=16,r=8,p=1$salt$hash`.
///
/// The arrays belong to the record; they are not to be changed.
///
/// @param logN logarithm to base two of the cost N
/// @param r block size, in 128 bytes
/// @param p parallelisation
/// @param salt the salt
/// @param hash the derived key
@SuppressWarnings("ArrayRecordComponent") // compared only in constant time, never by equals
public record Scrypt(int logN, int r, int p, byte[] salt, byte[] hash) implements PasswordHash {
    private static final int HASH_MIN_BYTES = 16;
    private static final int HASH_MAX_BYTES = 128;
    private static final int LOG_N_MAX = 30;
    private static final String FORM = "$scrypt$ln=16,r=8,p=1$salt$hash";

    /// The key of `length` bytes that scrypt derives with cost 2^`logN`.
    public static byte[] derive(byte[] password, byte[] salt, int logN, int r, int p, int length) {
        int blockBytes = 128 * r;
        byte[] blocks = Pbkdf2.derive("HmacSHA256", password, salt, 1, p * blockBytes);
        var mix = new SalsaMix(logN, r);
        for (int i = 0; i < p; i++) {
            mix.mix(blocks, i * blockBytes);
        }
        return Pbkdf2.derive("HmacSHA256", password, blocks, 1, length);
    }

    /// Makes one of 32 bytes.
    public static Scrypt of(String password, byte[] salt, int logN, int r, int p) {
        byte[] hash = derive(password.getBytes(StandardCharsets.UTF_8), salt, logN, r, p, 32);
        return new Scrypt(logN, r, p, salt, hash);
    }

    static Scrypt parse(List<String> parts, HashLimits limits) {
        HashText.expect(parts.size() == 5, "scrypt", FORM);
        int[] costs = HashText.parameters(parts.get(2), "scrypt", "ln", "r", "p");
        checkCosts(costs[0], costs[1], costs[2], limits);
        byte[] hash = HashText.base64(parts.get(4), "scrypt");
        HashText.expect(hash.length >= HASH_MIN_BYTES && hash.length <= HASH_MAX_BYTES, "scrypt", FORM);
        byte[] salt = HashText.base64(parts.get(3), "scrypt");
        return new Scrypt(costs[0], costs[1], costs[2], salt, hash);
    }

    private static void checkCosts(int logN, int r, int p, HashLimits limits) {
        HashText.expect(logN >= 1 && logN <= LOG_N_MAX && r >= 1 && p >= 1, "scrypt", FORM);
        long blockBytes = 128L * r;
        long memory = blockBytes << logN;
        // The table, and the p blocks beside it; r is at most nine digits, so nothing overflows.
        limits.check("the memory", Math.max(memory, blockBytes * p), "memoryMaxBytes", limits.memoryMaxBytes());
        limits.check("the work", memory / 1024 * p, "blocksMax", limits.blocksMax());
    }

    @Override
    public boolean isOf(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(hash, derive(bytes, salt, logN, r, p, hash.length));
    }

    @Override
    public String text() {
        return "$scrypt$ln=" + logN + ",r=" + r + ",p=" + p + "$" + HashText.base64(salt) + "$" + HashText.base64(hash);
    }

    @Override
    public String toString() {
        return "Scrypt[ln=" + logN + ", r=" + r + ", p=" + p + "]";
    }
}
