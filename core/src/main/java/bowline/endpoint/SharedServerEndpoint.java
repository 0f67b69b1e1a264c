package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.protocol.Factory;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.reactor.SharedPort;
import java.util.List;

/// One reactor's part of a place that a group of them shares.
record SharedServerEndpoint(SharedPort port, Reactor reactor, ServerEndpoint whole) implements ServerEndpoint {

    /// The parts of all of them, in their order.
    static List<ServerEndpoint> of(ReactorGroup group, SharedPort port, ServerEndpoint whole) {
        return group.reactors().stream()
                .<ServerEndpoint>map(each -> new SharedServerEndpoint(port, each, whole))
                .toList();
    }

    @Override
    public Deferred<ListeningPort> listen(Factory<?> factory) {
        return Deferred.execute(() -> port.listen(reactor, factory));
    }

    @Override
    public String toString() {
        return whole.toString();
    }
}
