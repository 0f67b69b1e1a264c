package bowline.reactor;

/// How the reactors of a group come by the connections of one port (LIS-10).
public enum Sharing {
    /// As the backend does best.
    AUTOMATIC,
    /// One reactor accepts, and hands over what it has accepted: shared out evenly, whatever the system can do.
    HAND_OFF,
    /// Each reactor has a socket of its own on the port (`SO_REUSEPORT`) and the system shares out by a hash of the
    /// peer's address: no hand-off, but uneven where connections are few, and what waits at the socket of a reactor
    /// that closes it without draining is lost.
    REUSE_PORT
}
