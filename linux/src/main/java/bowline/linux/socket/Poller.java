package bowline.linux.socket;

import java.io.IOException;

/// Tells of descriptors that have become ready, for as long as they are (FDS-7).
public interface Poller {
    /// There is something to read, or somebody to accept.
    int IN = 1;
    /// There is room to write, or a connect is done.
    int OUT = 4;
    /// It has failed. Told unasked.
    int ERROR = 8;
    /// The other side is gone. Told unasked.
    int HANG_UP = 16;

    /// Whether there may be something to read, be it the end or a failure.
    static boolean mayRead(int events) {
        return (events & (IN | ERROR | HANG_UP)) != 0;
    }

    /// Whether there may be room to write, or a failure to be found by writing.
    static boolean mayWrite(int events) {
        return (events & (OUT | ERROR | HANG_UP)) != 0;
    }

    /// From here on `handler` is told of the descriptor, which nobody watches yet.
    void own(int descriptor, DescriptorHandler handler);

    /// Of a descriptor that is owned there may be copies elsewhere, so that closing it need not end the socket.
    default void hasCopies(int descriptor) {}

    /// Nobody cares about it any more. Before it is closed.
    void disown(int descriptor);

    /// Changes for which events a descriptor is watched. One that is watched for none is not watched at all, for
    /// failures would be told for ever.
    ///
    /// @throws IOException if the system refuses
    void watch(int descriptor, int before, int wanted) throws IOException;
}
