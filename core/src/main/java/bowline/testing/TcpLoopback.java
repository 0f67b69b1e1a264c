package bowline.testing;

import bowline.defer.Deferred;
import bowline.endpoint.TcpClientEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.WatchedProtocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import org.jspecify.annotations.Nullable;

/// Two protocols connected to each other over a TCP connection inside this machine, on a reactor that runs
/// (TST-4). [Loopback] does the same in memory, where the test says when bytes move.
///
///     return TcpLoopback.connect(reactor, client, server)
///             .addCallbackDeferring(TcpLoopback::closed);
public final class TcpLoopback implements WatchedProtocol.Watcher<Protocol> {
    private static final String THIS_MACHINE = "127.0.0.1";

    private final Deferred<TcpLoopback> connected = new Deferred<>(_ -> this.stopConnecting());
    private final Deferred<@Nullable Void> closed = new Deferred<>();
    private final ListeningPort port;
    private final Deferred<?> connecting;
    private int made;
    private int lost;

    @SuppressWarnings("this-escape") // nothing calls back before the reactor's next turn
    private TcpLoopback(Reactor reactor, Protocol client, Protocol server) {
        port = reactor.listenTcp(0, new OneConnection(server), ListenOptions.DEFAULT.on(THIS_MACHINE));
        connecting = new TcpClientEndpoint(reactor, THIS_MACHINE, port.port())
                .connect(new OneConnection(client))
                .<@Nullable Object>addCallbacks(end -> end, failure -> {
                    fail(failure);
                    return null;
                });
    }

    /// Connects two protocols; cancelling gives up. The port that this takes is free, and accepts nobody else.
    ///
    /// @return fires when both protocols have had their `connectionMade`; fails if that does not come about
    public static Deferred<TcpLoopback> connect(Reactor reactor, Protocol client, Protocol server) {
        return new TcpLoopback(reactor, client, server).connected;
    }

    /// Fires when both protocols have had their `connectionLost` and the port is closed: nothing is left on the
    /// reactor. One and the same each time.
    public Deferred<@Nullable Void> closed() {
        return closed;
    }

    @Override
    public void connectionMade(Protocol protocol) {
        if (++made == 2 && !connected.called()) {
            connected.callback(this);
        }
    }

    @Override
    public void connectionLost(Protocol protocol, Failure reason) {
        fail(reason);
        if (++lost == 2) {
            port.stopListening().onSuccess(_ -> closed.callback(null));
        }
    }

    private void stopConnecting() {
        connecting.cancel();
        port.stopListening();
    }

    /// Tells of the failure when the port is closed, unless both ends were connected before.
    private void fail(Failure reason) {
        if (!connected.called()) {
            port.stopListening().onBoth(() -> {
                if (!connected.called()) {
                    connected.errback(reason);
                }
            });
        }
    }

    /// Makes one protocol, watched, and refuses who comes after.
    private final class OneConnection extends Factory<WatchedProtocol<Protocol>> {
        private @Nullable Protocol next;

        OneConnection(Protocol only) {
            next = only;
            noisy(false);
        }

        @Override
        public @Nullable WatchedProtocol<Protocol> buildProtocol(Address peer) {
            Protocol only = next;
            next = null;
            return only == null ? null : WatchedProtocol.of(only, TcpLoopback.this);
        }
    }
}
