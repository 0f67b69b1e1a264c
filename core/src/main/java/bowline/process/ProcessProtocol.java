package bowline.process;

import bowline.failure.Failure;
import bowline.log.LogPrefixed;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Our end of one child process (PRC-7, PRC-8). Subclasses override what they care about; every callback
/// does nothing by default, and all of them are called on the reactor's thread.
///
/// First [#makeConnection] and [#connectionMade]; then data and the ends of pipes, in order within one pipe;
/// [#processExited] at any time among them; [#processEnded] last and once. An exception that escapes is
/// logged (PRC-10).
public class ProcessProtocol implements LogPrefixed {
    private @Nullable ProcessTransport transport;

    /// A protocol that takes and discards whatever the child says.
    public ProcessProtocol() {}

    /// The wire to the child.
    ///
    /// @throws IllegalStateException before the child is there
    public final ProcessTransport transport() {
        if (transport == null) {
            throw new IllegalStateException(logPrefix() + " has no transport yet: its process is not started");
        }
        return transport;
    }

    /// Gives this protocol its transport and tells it so. Called once, by who started the child.
    public void makeConnection(ProcessTransport madeTransport) {
        transport = madeTransport;
        connectionMade();
    }

    /// The child runs.
    public void connectionMade() {}

    /// The child wrote to `descriptor`. `unread` is lent for this call: what is left in it comes back, in front
    /// of the next bytes.
    public void childDataReceived(int descriptor, ByteBuffer unread) {
        switch (descriptor) {
            case 1 -> outReceived(unread);
            case 2 -> errReceived(unread);
            default -> unread.position(unread.limit());
        }
    }

    /// The child wrote to its standard output. By default the bytes are discarded.
    public void outReceived(ByteBuffer unread) {
        unread.position(unread.limit());
    }

    /// The child wrote to its standard error. By default the bytes are discarded.
    public void errReceived(ByteBuffer unread) {
        unread.position(unread.limit());
    }

    /// The pipe at `descriptor` is closed, by either side.
    public void childConnectionLost(int descriptor) {
        switch (descriptor) {
            case 0 -> inConnectionLost();
            case 1 -> outConnectionLost();
            case 2 -> errConnectionLost();
            default -> {}
        }
    }

    /// Nothing more can be written to the child's standard input.
    public void inConnectionLost() {}

    /// The child's standard output has ended.
    public void outConnectionLost() {}

    /// The child's standard error has ended.
    public void errConnectionLost() {}

    /// The process is gone; what it wrote may still be on its way.
    ///
    /// @param reason [ProcessDone] or [ProcessTerminated]
    public void processExited(Failure reason) {}

    /// The process is gone and all pipes are closed. A grandchild that holds a pipe delays this.
    ///
    /// @param reason the same as for [#processExited]
    public void processEnded(Failure reason) {}

    /// The name in log lines: the simple class name.
    @Override
    public String logPrefix() {
        return getClass().getSimpleName();
    }
}
