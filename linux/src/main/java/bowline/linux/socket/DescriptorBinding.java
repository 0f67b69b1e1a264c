package bowline.linux.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;

/// The descriptor of a port from its opening to its closing, and what is wanted of it.
final class DescriptorBinding {
    private static final int NONE = -1;

    private final DescriptorReactor reactor;
    private int descriptor = NONE;
    private int watched;

    DescriptorBinding(DescriptorReactor reactor) {
        this.reactor = reactor;
    }

    /// From here on [#close] closes it.
    void opened(int itsDescriptor) {
        descriptor = itsDescriptor;
    }

    /// Tells `handler` what comes, with nothing wanted yet.
    void watchFor(DescriptorHandler handler) throws IOException {
        reactor.poller().own(descriptor(), handler);
        reactor.poller().hasCopies(descriptor); // a port may be adopted, or handed to another process
    }

    /// The descriptor.
    ///
    /// @throws ClosedChannelException if there is none
    int descriptor() throws ClosedChannelException {
        if (descriptor == NONE) {
            throw new ClosedChannelException();
        }
        return descriptor;
    }

    /// Has the handler called when there is something to read, or not.
    ///
    /// @throws UncheckedIOException if the system does not watch it
    void wantReading(boolean on) {
        int wanted = on ? Poller.IN : 0;
        if (descriptor == NONE || wanted == watched) {
            return;
        }
        try {
            reactor.poller().watch(descriptor, watched, wanted);
            watched = wanted;
        } catch (IOException full) {
            throw new UncheckedIOException("the port cannot be watched", full);
        }
    }

    void close() {
        if (descriptor != NONE) {
            reactor.close(descriptor);
        }
        descriptor = NONE;
        watched = 0;
    }
}
