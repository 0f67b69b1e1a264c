package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.protocol.TransportLimits;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// An attempt at what is there as soon as it is opened, as a device is.
final class OpeningAttempt extends Attempt {
    private final StreamOpener opener;

    OpeningAttempt(StreamConnector connector, StreamOpener opener, TransportLimits limits) {
        super(connector, limits);
        this.opener = opener;
    }

    @Override
    public @Nullable SocketAddress local(SocketAddress remote) {
        return null;
    }

    @Override
    void locate() {
        StreamConnection opened;
        try {
            opened = opener.open(limits());
        } catch (IOException refused) {
            end(Failure.of(ConnectFaults.opening(destination(), refused)));
            return;
        }
        loop.looseEnds().locating(this, false);
        connected(opened);
    }
}
