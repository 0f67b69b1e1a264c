package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.protocol.Factory;
import bowline.protocol.TransportLimits;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;

/// Accepts connections on a listening socket that the program was given by its descriptor (END-11). It can be
/// listened at once: then the reactor has its own copy, and the descriptor that was given is closed, unless it is
/// standard input, output or error, whose numbers must not become another's.
public final class AdoptedStreamServerEndpoint implements ServerEndpoint {
    private static final int STANDARD_ERROR = 2;

    private final Reactor reactor;
    private final int descriptor;
    private final TransportLimits limits;
    private boolean used;

    /// @param reactor the reactor of the connections; on Linux one of `uring` and `epoll`
    /// @param descriptor of a listening stream socket of IPv4, IPv6 or UNIX
    /// @param limits how much each accepted connection may hold in memory
    public AdoptedStreamServerEndpoint(Reactor reactor, int descriptor, TransportLimits limits) {
        this.reactor = reactor;
        this.descriptor = descriptor;
        this.limits = limits;
    }

    /// With the usual limits.
    public AdoptedStreamServerEndpoint(Reactor reactor, int descriptor) {
        this(reactor, descriptor, TransportLimits.DEFAULT);
    }

    /// Fails with [AlreadyListened] when it was asked before, and as [Reactor#adoptStreamPort] throws.
    @Override
    public Deferred<ListeningPort> listen(Factory<?> factory) {
        return Deferred.execute(() -> {
            if (used) {
                throw new AlreadyListened(toString());
            }
            ListeningPort port = reactor.adoptStreamPort(descriptor, factory, limits);
            used = true;
            if (descriptor > STANDARD_ERROR) {
                reactor.descriptorChannel(descriptor).close();
            }
            return port;
        });
    }

    /// `fd:3`
    @Override
    public String toString() {
        return "fd:" + descriptor;
    }
}
