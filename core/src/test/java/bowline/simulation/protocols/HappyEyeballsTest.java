package bowline.simulation.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.endpoint.HappyEyeballs;
import bowline.endpoint.HostnameEndpoint;
import bowline.failure.Failure;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import bowline.reactor.Resolver;
import bowline.simulation.ManySeeds;
import bowline.simulation.SimulatedHost;
import bowline.simulation.Simulation;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// HEY-1 to HEY-8: a name with good addresses, some that refuse and some that are black holes.
class HappyEyeballsTest {
    private static final HappyEyeballs OPTIONS = HappyEyeballs.DEFAULT;
    private static final Duration LATENCY_MAX = Duration.ofMillis(60);

    private final List<InetAddress> addresses = new ArrayList<>();

    /// A host that listens, one that does not, and one that is not there.
    private SimulatedHost hosts(Simulation world) {
        world.everywhere().latency(Duration.ofMillis(1), LATENCY_MAX);
        SimulatedHost refusing = world.host("refusing");
        SimulatedHost gone = world.host("gone");
        gone.powerOff();
        SimulatedHost server = world.host("server");
        addresses.clear();
        addresses.addAll(refusing.addresses());
        addresses.addAll(gone.addresses());
        addresses.addAll(server.addresses());
        Collections.shuffle(addresses, new Random(world.random("addresses").nextLong()));
        return server;
    }

    private Resolver names() {
        return _ -> Deferred.succeed(List.copyOf(addresses));
    }

    @Test
    @DisplayName("RFC 8305 §5: bad addresses cost an attempt delay each, one connection is left, and it works")
    void findsTheGoodAddress() {
        ManySeeds.run(1, 1000, world -> {
            SimulatedHost server = hosts(world);
            var conversations = new Conversations(world);
            server.start(reactor -> {
                for (InetAddress address : server.addresses()) {
                    reactor.listenTcp(7, conversations.farEnd(), ListenOptions.DEFAULT.on(address.getHostAddress()));
                }
                return reactor;
            });
            SimulatedHost client = world.host("client");
            client.start(reactor -> {
                conversations.beginBy(factory -> connect(new HostnameEndpoint(reactor, "server", 7, OPTIONS), factory));
                return reactor;
            });
            Duration most = OPTIONS.attemptDelay().multipliedBy(4).plus(LATENCY_MAX.multipliedBy(3));

            world.runUntil(() -> conversations.begun() == 1, most);
            conversations.countDescriptors(client, () -> 0);
            conversations.awaitEnd();

            conversations.checkWhole();
        });
    }

    private <P extends Protocol> Deferred<P> connect(HostnameEndpoint endpoint, Factory<P> factory) {
        return endpoint.connect(factory, names());
    }

    @Test
    @DisplayName(
            "HEY-6, HEY-7: cancelled at any time, or with no good address, it ends by its deadline and leaves nothing")
    void endsByItsDeadline() {
        ManySeeds.run(1, 1000, world -> {
            hosts(world);
            var random = world.random("cancel");
            Duration when = Duration.ofMillis(random.nextInt(2_500));
            boolean cancels = random.nextBoolean();
            var client = world.host("client");
            Deferred<Protocol> connected = client.start(reactor -> connect(
                    new HostnameEndpoint(reactor, "server", 7, OPTIONS.deadline(Duration.ofSeconds(3))),
                    Factory.of(Protocol::new)));
            var outcome = new ArrayList<Failure>();
            connected.addErrback(failure -> {
                outcome.add(failure);
                return null;
            });

            world.runFor(when);
            if (cancels) {
                client.call(() -> {
                    connected.cancel();
                    return connected;
                });
                assertThat(outcome).hasSize(1);
            }
            world.runUntil(() -> outcome.size() == 1, Duration.ofMillis(3_001).minus(when));

            assertThat(client.reactor().delayedCalls()).isEmpty();
            assertThat(client.descriptors()).isZero();
            world.check();
        });
    }
}
