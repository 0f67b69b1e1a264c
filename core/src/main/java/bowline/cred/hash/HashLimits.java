package bowline.cred.hash;

/// What one password hash may cost us at most. A hash above a limit is refused when it is read, so that neither a
/// file nor a peer can exhaust the process (G1).
///
/// @param textMaxChars longest hash as text
/// @param passwordMaxBytes longest password, in UTF-8; a longer one is simply wrong, and no hash is computed
/// @param memoryMaxBytes most memory that one check may use (argon2, scrypt)
/// @param blocksMax most blocks of memory that one check may fill: memory × passes in KiB (argon2, scrypt)
/// @param bcryptCostMax highest cost exponent of bcrypt
/// @param iterationsMax most iterations of PBKDF2 and SCRAM
/// @param roundsMax most rounds of SHA-crypt
public record HashLimits(
        int textMaxChars,
        int passwordMaxBytes,
        long memoryMaxBytes,
        long blocksMax,
        int bcryptCostMax,
        int iterationsMax,
        int roundsMax) {

    /// Text of 1024 characters, passwords of 1024 bytes, 256 MiB, 4 × 2^20 blocks of 1 KiB, bcrypt cost 15, ten
    /// million iterations, five million rounds: each is a few seconds of work at the most.
    public static final HashLimits DEFAULT =
            new HashLimits(1024, 1024, 256L << 20, 4L << 20, 15, 10_000_000, 5_000_000);

    /// Checks that each is at least 1.
    public HashLimits {
        long least = Math.min(
                Math.min(Math.min(textMaxChars, passwordMaxBytes), Math.min(memoryMaxBytes, blocksMax)),
                Math.min(bcryptCostMax, Math.min(iterationsMax, roundsMax)));
        if (least < 1) {
            throw new IllegalArgumentException("limits of password hashes are at least 1");
        }
    }

    /// The same with another limit for the memory of one check.
    public HashLimits memoryMaxBytes(long bytes) {
        return new HashLimits(
                textMaxChars, passwordMaxBytes, bytes, blocksMax, bcryptCostMax, iterationsMax, roundsMax);
    }

    /// The same with another limit for the blocks of one check.
    public HashLimits blocksMax(long blocks) {
        return new HashLimits(
                textMaxChars, passwordMaxBytes, memoryMaxBytes, blocks, bcryptCostMax, iterationsMax, roundsMax);
    }

    /// The same with another limit for bcrypt.
    public HashLimits bcryptCostMax(int cost) {
        return new HashLimits(
                textMaxChars, passwordMaxBytes, memoryMaxBytes, blocksMax, cost, iterationsMax, roundsMax);
    }

    /// The same with another limit for PBKDF2 and SCRAM.
    public HashLimits iterationsMax(int iterations) {
        return new HashLimits(
                textMaxChars, passwordMaxBytes, memoryMaxBytes, blocksMax, bcryptCostMax, iterations, roundsMax);
    }

    /// The same with another limit for SHA-crypt.
    public HashLimits roundsMax(int rounds) {
        return new HashLimits(
                textMaxChars, passwordMaxBytes, memoryMaxBytes, blocksMax, bcryptCostMax, iterationsMax, rounds);
    }

    /// The same with another limit for the password's length.
    public HashLimits passwordMaxBytes(int bytes) {
        return new HashLimits(textMaxChars, bytes, memoryMaxBytes, blocksMax, bcryptCostMax, iterationsMax, roundsMax);
    }

    /// Refuses `value` above `max`.
    void check(String what, long value, String limit, long max) {
        if (value > max) {
            throw new IllegalArgumentException(
                    what + " " + value + " is above the limit " + limit + ", " + max + "; raise it if you mean it");
        }
    }
}
