package bowline.cred.hash;

import java.util.Locale;

/// The schemes that new hashes are made with, each at the cost that is advised today.
public enum HashScheme {
    /// 19 MiB, two passes, one lane (OWASP's advice).
    ARGON2ID,
    /// Cost 12.
    BCRYPT,
    /// N = 2^16, r = 8, p = 1: 64 MiB.
    SCRYPT,
    /// HMAC-SHA-256, 600 000 iterations.
    PBKDF2_SHA256,
    /// `$6$`, 100 000 rounds.
    SHA512_CRYPT,
    /// 65 536 iterations. The one that logs in by SCRAM too.
    SCRAM_SHA_256;

    /// Bytes of a salt: give [#hash] as many from `SecureRandom`.
    public static final int SALT_BYTES = 16;

    /// The name on a command line, as in `argon2id` or `scram-sha-256`.
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The hash of `password`. Takes about a tenth of a second, by design.
    ///
    /// @throws IllegalArgumentException if the scheme cannot take this password
    public PasswordHash hash(String password, byte[] salt) {
        return switch (this) {
            case ARGON2ID -> Argon2.of(password, salt, 19 * 1024, 2, 1);
            case BCRYPT -> Bcrypt.of(password, salt, 12);
            case SCRYPT -> Scrypt.of(password, salt, 16, 8, 1);
            case PBKDF2_SHA256 -> Pbkdf2.of(password, salt, "SHA-256", 600_000);
            case SHA512_CRYPT -> ShaCrypt.of(password, ShaCrypt.saltOf(java.util.Arrays.copyOf(salt, 12)), 100_000);
            case SCRAM_SHA_256 -> ScramSecret.of(ScramMechanism.SHA_256, password, salt, 65_536);
        };
    }
}
