package bowline.protocol;

/// A protocol that takes the open file descriptors which its peer passes over a UNIX socket (UNX-9). To any other
/// protocol they are not told, but closed.
public interface FileDescriptorReceiver {

    /// A descriptor has come, with the next byte to be received. It is open in this process from now on, and
    /// whoever takes it has to close it.
    void fileDescriptorReceived(int descriptor);
}
