package bowline.cred;

/// The credentials of one who shows none.
public record Anonymous() implements Credentials {}
