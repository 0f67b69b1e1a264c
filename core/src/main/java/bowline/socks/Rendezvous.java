package bowline.socks;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A port that is open for one connection from somebody who is expected (BIND): the first such gets it, strangers are
/// closed as they come, and then it is closed.
final class Rendezvous extends Factory<TargetProtocol> {
    private static final int BACKLOG = 4;

    private final Predicate<InetAddress> expected;
    private final Deferred<TargetProtocol> arrival = new Deferred<>(_ -> {});
    private final ListeningPort port;
    private boolean taken;

    /// Opens a port on a local address.
    ///
    /// @param expected judges who comes
    /// @throws bowline.protocol.CannotListenError if it cannot be opened
    @SuppressWarnings("this-escape") // the port builds protocols on a later turn only
    Rendezvous(Reactor reactor, String networkInterface, Predicate<InetAddress> expected) {
        this.expected = expected;
        noisy(false);
        port = reactor.listenTcp(0, this, ListenOptions.DEFAULT.backlog(BACKLOG).on(networkInterface));
    }

    /// Where it is open.
    Address host() {
        return port.host();
    }

    /// Who came. Fails with a [bowline.defer.TimeoutError] when the time is over; the port is closed either way.
    Deferred<TargetProtocol> arrival(Reactor reactor, Duration timeout) {
        return arrival.addTimeout(timeout, reactor).onBoth(this::close);
    }

    private void close() {
        taken = true;
        port.stopListening();
    }

    @Override
    public @Nullable TargetProtocol buildProtocol(Address peer) {
        if (taken || !isExpected(peer)) {
            return null;
        }
        taken = true;
        return new TargetProtocol(this::arrived);
    }

    private boolean isExpected(Address peer) {
        return switch (peer) {
            case Address.IPv4 v4 -> expected.test(InetAddress.ofLiteral(v4.host()));
            case Address.IPv6 v6 -> expected.test(InetAddress.ofLiteral(v6.host()));
            case Address.Hostname _, Address.Unix _, Address.Pipe _, Address.Device _, Address.ChildProcess _ -> false;
        };
    }

    private void arrived(TargetProtocol connected) {
        if (arrival.called()) {
            connected.transport().loseConnection(); // who waited has gone in the meantime
        } else {
            arrival.callback(connected);
        }
    }
}
