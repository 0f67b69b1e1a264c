package bowline.cred.hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/// Argon2 version 1.3 (RFC 9106), as its own program writes it: `$argon2id$v=19$m=65536,t=3,p=4$salt$hash`.
///
/// @param type which of the three
/// @param memoryKib memory, in KiB
/// @param passes how often it is filled
/// @param lanes degree of parallelism; here lanes are filled one after the other
/// @param salt the salt
/// @param hash the derived key
@SuppressWarnings("ArrayRecordComponent") // compared only in constant time, never by equals
public record Argon2(Type type, int memoryKib, int passes, int lanes, byte[] salt, byte[] hash)
        implements PasswordHash {
    private static final int VERSION = 0x13;
    private static final int LANES_MAX = 64;
    private static final int HASH_MIN_BYTES = 12;
    private static final int HASH_MAX_BYTES = 128;
    private static final int SALT_MIN_BYTES = 8;
    private static final String FORM = "$argon2id$v=19$m=65536,t=3,p=4$salt$hash";

    /// The three ways to choose which memory is read.
    public enum Type {
        /// By what was computed: fastest, but memory accesses depend on the password.
        D,
        /// Without looking at the password.
        I,
        /// First as I, then as D: the one to use.
        ID;

        int number() {
            return switch (this) {
                case D -> 0;
                case I -> 1;
                case ID -> 2;
            };
        }
    }

    /// The key of `length` bytes; `secret` and `associated` may be empty.
    public static byte[] derive(
            Type type,
            byte[] password,
            byte[] salt,
            byte[] secret,
            byte[] associated,
            int memoryKib,
            int passes,
            int lanes,
            int length) {
        byte[] start = Blake2b.hash(
                64,
                le32(lanes),
                le32(length),
                le32(memoryKib),
                le32(passes),
                le32(VERSION),
                le32(type.number()),
                le32(password.length),
                password,
                le32(salt.length),
                salt,
                le32(secret.length),
                secret,
                le32(associated.length),
                associated);
        return longHash(length, new ArgonMemory(type, memoryKib, passes, lanes).fill(start));
    }

    /// H' of RFC 9106 §3.3: a hash of any length.
    static byte[] longHash(int length, byte[]... parts) {
        byte[][] all = new byte[parts.length + 1][];
        all[0] = le32(length);
        System.arraycopy(parts, 0, all, 1, parts.length);
        if (length <= 64) {
            return Blake2b.hash(length, all);
        }
        byte[] v = Blake2b.hash(64, all);
        var result = new byte[length];
        int at = 0;
        for (; length - at > 64; at += 32) {
            System.arraycopy(v, 0, result, at, 32);
            v = Blake2b.hash(Math.min(64, length - at - 32), v);
        }
        System.arraycopy(v, 0, result, at, length - at);
        return result;
    }

    static byte[] le32(int value) {
        return new byte[] {(byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)};
    }

    /// Makes an argon2id of 32 bytes.
    public static Argon2 of(String password, byte[] salt, int memoryKib, int passes, int lanes) {
        var empty = new Argon2(Type.ID, memoryKib, passes, lanes, salt, new byte[32]);
        byte[] hash = empty.compute(password.getBytes(StandardCharsets.UTF_8));
        return new Argon2(Type.ID, memoryKib, passes, lanes, salt, hash);
    }

    static Argon2 parse(List<String> parts, HashLimits limits) {
        String scheme = parts.get(1);
        HashText.expect(parts.size() == 6 && parts.get(2).equals("v=19"), scheme, FORM);
        int[] costs = HashText.parameters(parts.get(3), scheme, "m", "t", "p");
        int memory = costs[0];
        int passes = costs[1];
        int lanes = costs[2];
        HashText.expect(passes >= 1 && lanes >= 1 && lanes <= LANES_MAX && memory >= 8 * lanes, scheme, FORM);
        limits.check("the memory", memory * 1024L, "memoryMaxBytes", limits.memoryMaxBytes());
        limits.check("the work", (long) memory * passes, "blocksMax", limits.blocksMax());
        byte[] salt = HashText.base64(parts.get(4), scheme);
        byte[] hash = HashText.base64(parts.get(5), scheme);
        HashText.expect(
                salt.length >= SALT_MIN_BYTES && hash.length >= HASH_MIN_BYTES && hash.length <= HASH_MAX_BYTES,
                scheme,
                FORM);
        Type type = Arrays.stream(Type.values())
                .filter(each -> name(each).equals(scheme))
                .findFirst()
                .orElseThrow();
        return new Argon2(type, memory, passes, lanes, salt, hash);
    }

    private static String name(Type type) {
        return switch (type) {
            case D -> "argon2d";
            case I -> "argon2i";
            case ID -> "argon2id";
        };
    }

    private byte[] compute(byte[] password) {
        return derive(type, password, salt, new byte[0], new byte[0], memoryKib, passes, lanes, hash.length);
    }

    @Override
    public boolean isOf(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(hash, compute(bytes));
    }

    @Override
    public String text() {
        return "$" + name(type) + "$v=19$m=" + memoryKib + ",t=" + passes + ",p=" + lanes + "$" + HashText.base64(salt)
                + "$" + HashText.base64(hash);
    }

    @Override
    public String toString() {
        return "Argon2[" + name(type) + ", m=" + memoryKib + ", t=" + passes + ", p=" + lanes + "]";
    }
}
