package bowline.protocol;

/// A protocol that can go on when one direction of its connection has ended (TRA-9, TRA-10). Any other
/// protocol loses the whole connection when the peer stops sending. Who passes such calls on asks
/// [Protocol#halfCloseable].
public interface HalfCloseable {

    /// The peer will send no more; writing is still possible, and closing is now up to us.
    void readConnectionLost();

    /// Our writing side is closed, everything written before was sent.
    void writeConnectionLost();
}
