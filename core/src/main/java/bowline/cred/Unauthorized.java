package bowline.cred;

/// Somebody may not do what they asked for: the other parent of [UnauthorizedLogin] (CRD-5). An interface, for a Java
/// class has one parent only; realms and avatars give it to exceptions of their own.
public interface Unauthorized {}
