package bowline.reactor;

/// How the reactors of a group share a port.
///
/// @param sharing how they come by its connections
/// @param placement who gets the next one, where one reactor accepts for all
/// @param waitingMax connections handed to a reactor that it has not yet taken; one that has so many gets no more
public record SharingOptions(Sharing sharing, Placement placement, int waitingMax) {

    /// As the backend does best, by fewest connections, 128 waiting.
    public static final SharingOptions DEFAULT =
            new SharingOptions(Sharing.AUTOMATIC, Placement.FEWEST_CONNECTIONS, 128);

    /// Checks the number.
    public SharingOptions {
        if (waitingMax < 1) {
            throw new IllegalArgumentException("waitingMax " + waitingMax + " is less than 1");
        }
    }

    /// The same, shared in another way.
    public SharingOptions sharing(Sharing sharing) {
        return new SharingOptions(sharing, placement, waitingMax);
    }

    /// The same, placed in another way.
    public SharingOptions placement(Placement placement) {
        return new SharingOptions(sharing, placement, waitingMax);
    }

    /// The same with another number of connections that may wait.
    public SharingOptions waitingMax(int waitingMax) {
        return new SharingOptions(sharing, placement, waitingMax);
    }
}
