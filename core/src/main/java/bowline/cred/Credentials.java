package bowline.cred;

/// What somebody shows to be let in (CRD-7). A kind of credentials is an interface or a class that extends this one;
/// checkers are registered for kinds.
public interface Credentials {}
