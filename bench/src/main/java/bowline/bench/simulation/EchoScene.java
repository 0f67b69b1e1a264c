package bowline.bench.simulation;

import bowline.defer.Deferred;
import bowline.defer.DeferredList;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ClientCreator;
import bowline.reactor.Reactor;
import bowline.simulation.Simulation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Clients that say something, wait until it comes back, and say it again.
final class EchoScene {
    private static final int PORT = 7;
    private static final int MESSAGE_BYTES = 100;
    private static final int ROUND_TRIPS = 200;

    private EchoScene() {}

    static void play(Simulation world, int connections) {
        world.host("server").start(reactor -> reactor.listenTcp(PORT, Factory.of(Echo::new)));
        Deferred<?> done = world.host("client").start(reactor -> {
            var clients = new ArrayList<Deferred<@Nullable Void>>();
            for (int i = 0; i < connections; i++) {
                clients.add(client(reactor));
            }
            return DeferredList.gather(clients);
        });
        world.runUntil(done, Duration.ofHours(1));
    }

    private static Deferred<@Nullable Void> client(Reactor reactor) {
        var asker = new Asker();
        new ClientCreator<>(reactor, () -> asker).connectTcp("server", PORT);
        return asker.done;
    }

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }

    private static final class Asker extends Protocol {
        final Deferred<@Nullable Void> done = new Deferred<>();
        private final byte[] message = new byte[MESSAGE_BYTES];
        private int missing;
        private int roundTrips;

        @Override
        public void connectionMade() {
            ask();
        }

        private void ask() {
            missing = MESSAGE_BYTES;
            transport().write(message);
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            missing -= unread.remaining();
            unread.position(unread.limit());
            if (missing > 0) {
                return;
            }
            if (++roundTrips < ROUND_TRIPS) {
                ask();
            } else {
                transport().loseConnection();
                done.callback(null);
            }
        }
    }
}
