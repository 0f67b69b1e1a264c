package bowline.reactor.loop;

import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import java.io.IOException;
import java.net.SocketAddress;

/// The place of a port that another loop accepts for: that one has taken it, and leaves it.
final class HandedPlace implements ListeningPlace {
    private final ListeningPlace place;
    private final SocketAddress bound;

    HandedPlace(StreamPort acceptor) {
        place = acceptor.place();
        bound = acceptor.bound();
    }

    @Override
    public SocketAddress address() {
        return bound;
    }

    @Override
    public Address host(SocketAddress ofPort) {
        return place.host(ofPort);
    }

    @Override
    public String kind() {
        return place.kind();
    }

    @Override
    public Object name(SocketAddress ofPort) {
        return place.name(ofPort);
    }

    @Override
    public CannotListenError refused(IOException cause) {
        return place.refused(cause);
    }
}
