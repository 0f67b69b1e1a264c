package bowline.tls.source;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a folder of certificates, or a pair of files, is read and watched.
///
/// @param defaultName which host's identity those get who ask for no name, or for one that has none here; the name of
/// files will do, too. Null: they are refused
/// @param settle how long after a change the files are read: what is written in several steps should be read once
/// @param recheck how often they are read without a change being seen, for links lead to where nobody watches
/// @param identitiesMax how many identities a folder may have; what comes behind that in the order of names is left out
/// @param fileMaxBytes the largest file that is read
public record FolderOptions(
        @Nullable String defaultName, Duration settle, Duration recheck, int identitiesMax, int fileMaxBytes) {
    private static final int MOST_IDENTITIES = 100_000;
    private static final int LEAST_BYTES = 256;
    private static final int MOST_BYTES = 16 << 20;

    /// No default name, a quarter of a second, an hour, 1000 identities, 256 KiB.
    public static final FolderOptions DEFAULT =
            new FolderOptions(null, Duration.ofMillis(250), Duration.ofHours(1), 1000, 256 << 10);

    /// Checks.
    ///
    /// @throws IllegalArgumentException if a number is out of its range, or a time is none
    public FolderOptions {
        if (settle.isNegative() || !recheck.isPositive()) {
            throw new IllegalArgumentException(
                    "settle " + settle + " must not be negative, and recheck " + recheck + " must be above zero");
        }
        check("identitiesMax", identitiesMax, 1, MOST_IDENTITIES);
        check("fileMaxBytes", fileMaxBytes, LEAST_BYTES, MOST_BYTES);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not between " + least + " and " + most);
        }
    }

    /// Who asks for nobody who is here gets this name's identity.
    public FolderOptions defaultName(@Nullable String name) {
        return new FolderOptions(name, settle, recheck, identitiesMax, fileMaxBytes);
    }

    /// Reads this long after a change.
    public FolderOptions settle(Duration time) {
        return new FolderOptions(defaultName, time, recheck, identitiesMax, fileMaxBytes);
    }

    /// Reads this often, changed or not.
    public FolderOptions recheck(Duration time) {
        return new FolderOptions(defaultName, settle, time, identitiesMax, fileMaxBytes);
    }

    /// So many identities at most.
    public FolderOptions identitiesMax(int most) {
        return new FolderOptions(defaultName, settle, recheck, most, fileMaxBytes);
    }

    /// Files of so many bytes at most.
    public FolderOptions fileMaxBytes(int most) {
        return new FolderOptions(defaultName, settle, recheck, identitiesMax, most);
    }
}
