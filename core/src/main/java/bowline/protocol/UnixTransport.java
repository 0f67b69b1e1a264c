package bowline.protocol;

/// A [Transport] over a UNIX socket.
public interface UnixTransport extends Transport {

    /// Passes an open file descriptor to the peer, with the next byte that is written (UNX-9). The caller may
    /// close his own at once. More than 64 that wait are as good as a full buffer to a producer.
    ///
    /// @throws IllegalArgumentException if it is not open
    /// @throws UnsupportedOperationException if the backend cannot; the message names those that can
    void sendFileDescriptor(int descriptor);

    /// Who is at the other end.
    ///
    /// @throws UnsupportedOperationException if the backend cannot tell; the message names those that can
    /// @throws IllegalStateException if the connection has ended
    PeerCredentials peerCredentials();
}
