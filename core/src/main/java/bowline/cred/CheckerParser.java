package bowline.cred;

/// Makes checkers of one type from `--auth type:argument`; found by `ServiceLoader` (CRD-9).
public interface CheckerParser {

    /// The type it reads, in lower case, as in `file`.
    String type();

    /// What its argument is, in one word for the help, as in `PATH`; empty when it takes none.
    String argumentName();

    /// What it does, in a sentence for `--help-auth`.
    String summary();

    /// All there is to know, for `--help-auth-type`: a few lines.
    String help();

    /// The checker described.
    ///
    /// @param argument everything behind the first colon; empty when there is none
    /// @param work where files are read and slow hashes computed
    /// @throws IllegalArgumentException if the argument cannot be used: what is wrong and what to write instead
    CredentialsChecker parse(String argument, SlowWork work);
}
