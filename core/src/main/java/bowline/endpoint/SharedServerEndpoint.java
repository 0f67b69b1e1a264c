package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.protocol.Factory;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.SharedPort;

/// One reactor's part of a place that a group of them shares.
record SharedServerEndpoint(SharedPort port, Reactor reactor, ServerEndpoint whole) implements ServerEndpoint {

    @Override
    public Deferred<ListeningPort> listen(Factory<?> factory) {
        return Deferred.execute(() -> port.listen(reactor, factory));
    }

    @Override
    public String toString() {
        return whole.toString();
    }
}
