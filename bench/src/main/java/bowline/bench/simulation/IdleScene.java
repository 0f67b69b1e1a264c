package bowline.bench.simulation;

import bowline.failure.Failure;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ClientCreator;
import bowline.reactor.ListenOptions;
import bowline.simulation.Simulation;
import bowline.time.DelayedCall;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Connections on which nothing happens but that each end looks after its peer by a timer.
final class IdleScene {
    private static final int PORT = 7;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration CONNECTING = Duration.ofSeconds(10);

    private IdleScene() {}

    /// @param pings whether a client says something whenever its timer is due, and is answered
    static void play(Simulation world, int connections, Duration time, boolean pings) {
        world.host("server")
                .descriptorsMax(2 * connections)
                .start(reactor -> reactor.listenTcp(
                        PORT, Factory.of(() -> new Watcher(false)), ListenOptions.DEFAULT.backlog(connections)));
        world.host("client").descriptorsMax(2 * connections).start(reactor -> {
            for (int i = 0; i < connections; i++) {
                reactor.callLater(
                        CONNECTING.multipliedBy(i).dividedBy(connections),
                        () -> new ClientCreator<>(reactor, () -> new Watcher(pings)).connectTcp("server", PORT));
            }
            return reactor;
        });
        world.runFor(time);
    }

    private static final class Watcher extends Protocol {
        private static final byte[] PING = {1};

        private final boolean pings;
        private @Nullable DelayedCall timer;

        Watcher(boolean pings) {
            this.pings = pings;
        }

        @Override
        public void connectionMade() {
            timer = transport().clock().callLater(KEEP_ALIVE, this::look);
        }

        private void look() {
            if (pings) {
                transport().write(PING);
            }
            timer = transport().clock().callLater(KEEP_ALIVE, this::look);
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            if (pings) {
                unread.position(unread.limit());
            } else {
                transport().write(unread);
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            if (timer != null) {
                timer.cancelIfActive();
            }
        }
    }
}
