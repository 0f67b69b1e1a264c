package bowline.protocol;

/// A datagram port has one peer for good: it cannot be connected twice (UDP-5).
public class AlreadyConnected extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /// With the peer that the port has.
    public AlreadyConnected(Address peer) {
        super("the port is connected to " + peer + " already; open another one for another peer");
    }
}
