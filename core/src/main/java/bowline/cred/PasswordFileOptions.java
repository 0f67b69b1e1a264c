package bowline.cred;

import bowline.cred.hash.HashLimits;
import java.util.function.Consumer;

/// How a file of passwords is written, and what reading it may cost (CRD-6).
///
/// @param delimiter between the fields of a line
/// @param usernameField number of the field with the name, from 0
/// @param passwordField number of the field with the hash, from 0
/// @param caseSensitive whether `Alice` and `alice` are two; if not, the avatar's id is the name as the file has it
/// @param fileMaxBytes largest file that is read
/// @param usersMax most users in it
/// @param limits what one hash may cost
public record PasswordFileOptions(
        char delimiter,
        int usernameField,
        int passwordField,
        boolean caseSensitive,
        long fileMaxBytes,
        int usersMax,
        HashLimits limits) {

    /// `user:hash`, as `htpasswd` writes it; up to 16 MiB and 100 000 users.
    public static final PasswordFileOptions DEFAULT =
            new PasswordFileOptions(':', 0, 1, true, 16L << 20, 100_000, HashLimits.DEFAULT);

    /// Checks the numbers.
    public PasswordFileOptions {
        if (usernameField < 0 || passwordField < 0 || usernameField == passwordField) {
            throw new IllegalArgumentException("the fields of name and password are two numbers from 0, not "
                    + usernameField + " and " + passwordField);
        }
        if (fileMaxBytes < 1 || usersMax < 1) {
            throw new IllegalArgumentException("limits of password files are at least 1");
        }
    }

    /// The same with another delimiter.
    public PasswordFileOptions delimiter(char between) {
        return with(change -> change.delimiter = between);
    }

    /// The same with other fields, counted from 0.
    public PasswordFileOptions fields(int username, int password) {
        return with(change -> {
            change.usernameField = username;
            change.passwordField = password;
        });
    }

    /// The same without regard to capitals in names.
    public PasswordFileOptions caseInsensitive() {
        return with(change -> change.caseSensitive = false);
    }

    /// The same with other limits for the file.
    public PasswordFileOptions fileLimits(long maxBytes, int maxUsers) {
        return with(change -> {
            change.fileMaxBytes = maxBytes;
            change.usersMax = maxUsers;
        });
    }

    /// The same with other limits for hashes.
    public PasswordFileOptions limits(HashLimits hashLimits) {
        return with(change -> change.limits = hashLimits);
    }

    private PasswordFileOptions with(Consumer<Change> difference) {
        var change = new Change(this);
        difference.accept(change);
        return change.made();
    }

    /// The components on their way from one record to the next.
    private static final class Change {
        private char delimiter;
        private int usernameField;
        private int passwordField;
        private boolean caseSensitive;
        private long fileMaxBytes;
        private int usersMax;
        private HashLimits limits;

        Change(PasswordFileOptions from) {
            delimiter = from.delimiter;
            usernameField = from.usernameField;
            passwordField = from.passwordField;
            caseSensitive = from.caseSensitive;
            fileMaxBytes = from.fileMaxBytes;
            usersMax = from.usersMax;
            limits = from.limits;
        }

        PasswordFileOptions made() {
            return new PasswordFileOptions(
                    delimiter, usernameField, passwordField, caseSensitive, fileMaxBytes, usersMax, limits);
        }
    }
}
