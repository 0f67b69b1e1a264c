package bowline.cred.hash;

import java.util.function.Consumer;

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
        return with(change -> change.memoryMaxBytes = bytes);
    }

    /// The same with another limit for the blocks of one check.
    public HashLimits blocksMax(long blocks) {
        return with(change -> change.blocksMax = blocks);
    }

    /// The same with another limit for bcrypt.
    public HashLimits bcryptCostMax(int cost) {
        return with(change -> change.bcryptCostMax = cost);
    }

    /// The same with another limit for PBKDF2 and SCRAM.
    public HashLimits iterationsMax(int iterations) {
        return with(change -> change.iterationsMax = iterations);
    }

    /// The same with another limit for SHA-crypt.
    public HashLimits roundsMax(int rounds) {
        return with(change -> change.roundsMax = rounds);
    }

    /// The same with another limit for the password's length.
    public HashLimits passwordMaxBytes(int bytes) {
        return with(change -> change.passwordMaxBytes = bytes);
    }

    private HashLimits with(Consumer<Change> difference) {
        var change = new Change(this);
        difference.accept(change);
        return change.made();
    }

    /// The components on their way from one record to the next.
    private static final class Change {
        private int textMaxChars;
        private int passwordMaxBytes;
        private long memoryMaxBytes;
        private long blocksMax;
        private int bcryptCostMax;
        private int iterationsMax;
        private int roundsMax;

        Change(HashLimits from) {
            textMaxChars = from.textMaxChars;
            passwordMaxBytes = from.passwordMaxBytes;
            memoryMaxBytes = from.memoryMaxBytes;
            blocksMax = from.blocksMax;
            bcryptCostMax = from.bcryptCostMax;
            iterationsMax = from.iterationsMax;
            roundsMax = from.roundsMax;
        }

        HashLimits made() {
            return new HashLimits(
                    textMaxChars, passwordMaxBytes, memoryMaxBytes, blocksMax, bcryptCostMax, iterationsMax, roundsMax);
        }
    }

    /// Refuses `value` above `max`.
    void check(String what, long value, String limit, long max) {
        if (value > max) {
            throw new IllegalArgumentException(
                    what + " " + value + " is above the limit " + limit + ", " + max + "; raise it if you mean it");
        }
    }
}
