package bowline.reactor;

/// Which reactor of a group gets the next connection of a port that is shared by [Sharing#HAND_OFF].
public enum Placement {
    /// The one that has the fewest connections of the port; of several, each in turn.
    FEWEST_CONNECTIONS,
    /// Each in turn.
    ROUND_ROBIN
}
