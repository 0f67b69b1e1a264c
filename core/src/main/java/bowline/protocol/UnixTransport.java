package bowline.protocol;

/// A [Transport] over a UNIX socket.
public interface UnixTransport extends Transport {

    /// Passes an open file descriptor to the peer, with the next byte that is written (UNX-9).
    ///
    /// @throws UnsupportedOperationException if the backend cannot; the message names those that can
    void sendFileDescriptor(int descriptor);
}
