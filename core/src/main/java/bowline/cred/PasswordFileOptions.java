package bowline.cred;

import bowline.cred.hash.HashLimits;

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
        return new PasswordFileOptions(
                between, usernameField, passwordField, caseSensitive, fileMaxBytes, usersMax, limits);
    }

    /// The same with other fields, counted from 0.
    public PasswordFileOptions fields(int username, int password) {
        return new PasswordFileOptions(delimiter, username, password, caseSensitive, fileMaxBytes, usersMax, limits);
    }

    /// The same without regard to capitals in names.
    public PasswordFileOptions caseInsensitive() {
        return new PasswordFileOptions(delimiter, usernameField, passwordField, false, fileMaxBytes, usersMax, limits);
    }

    /// The same with other limits for the file.
    public PasswordFileOptions fileLimits(long maxBytes, int maxUsers) {
        return new PasswordFileOptions(
                delimiter, usernameField, passwordField, caseSensitive, maxBytes, maxUsers, limits);
    }

    /// The same with other limits for hashes.
    public PasswordFileOptions limits(HashLimits hashLimits) {
        return new PasswordFileOptions(
                delimiter, usernameField, passwordField, caseSensitive, fileMaxBytes, usersMax, hashLimits);
    }
}
