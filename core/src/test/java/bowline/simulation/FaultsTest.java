package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.ConnectTimeout;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.Factory;
import bowline.protocol.NoRouteError;
import bowline.protocol.TcpTimedOut;
import bowline.reactor.ClientCreator;
import bowline.reactor.ConnectOptions;
import bowline.reactor.ListenOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What happens to connections: every fault by its name, and what the program sees of it.
class FaultsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Simulation world;
    private SimulatedHost server;
    private SimulatedHost client;
    private final Talk.Last accepted = new Talk.Last();

    @BeforeEach
    void twoHosts() {
        world = Simulation.of(1);
        server = world.host("server");
        client = world.host("client");
    }

    @AfterEach
    void end() {
        world.check();
        world.close();
    }

    private void serve() {
        server.start(reactor -> reactor.listenTcp(7, Factory.of(accepted::make)));
    }

    private Talk.Listener connected() {
        serve();
        Deferred<Talk.Listener> connection = client.start(reactor -> Talk.listen(reactor, "server", 7));
        world.runUntil(() -> connection.hasResult() && accepted.listener != null, MINUTE);
        return (Talk.Listener) Objects.requireNonNull(connection.result());
    }

    private Talk.Listener accepted() {
        return Objects.requireNonNull(accepted.listener);
    }

    private Failure refusal() {
        Deferred<Talk.Listener> connection = client.start(reactor -> Talk.listenPatiently(reactor, "server", 7));
        world.runUntil(connection, Duration.ofMinutes(20));
        Failure reason = (Failure) Objects.requireNonNull(connection.result());
        connection.addErrback(_ -> null);
        return reason;
    }

    private Throwable endOf(Talk.Listener listener) {
        world.runUntil(listener.ended, Duration.ofHours(1));
        assertThat(listener.ends).isEqualTo(1);
        return (Throwable) Objects.requireNonNull(listener.ended.result());
    }

    // Connects

    @Test
    void nobodyListens() {
        assertThat(refusal().value()).isInstanceOf(ConnectionRefused.class);
    }

    @Test
    void refusedAlthoughSomebodyListens() {
        world.between(server, client).refusals(1);
        serve();

        assertThat(refusal().value()).isInstanceOf(ConnectionRefused.class);
    }

    @Test
    void aBlackHoleTimesOutAsTcpDoes() {
        world.between(server, client).blackHoles(1);
        serve();

        assertThat(refusal().value()).isInstanceOf(TcpTimedOut.class);
        assertThat(world.elapsed()).isBetween(Duration.ofSeconds(127), Duration.ofSeconds(128));
    }

    @Test
    void theProgramMayHaveLessPatience() {
        world.between(server, client).blackHoles(1);
        Deferred<Talk.Listener> connection = client.start(reactor -> new ClientCreator<>(reactor, Talk.Listener::new)
                .connectTcp("server", 7, ConnectOptions.DEFAULT.timeout(Duration.ofSeconds(3))));

        world.runUntil(connection, MINUTE);

        assertThat(((Failure) connection.result()).value()).isInstanceOf(ConnectTimeout.class);
        connection.addErrback(_ -> null);
    }

    @Test
    void nobodyHasTheAddress() {
        Deferred<Talk.Listener> connection = client.start(reactor -> Talk.listen(reactor, "10.9.9.9", 7));

        world.runUntil(connection, MINUTE);

        assertThat(((Failure) connection.result()).value()).isInstanceOf(NoRouteError.class);
        connection.addErrback(_ -> null);
    }

    @Test
    void aFullBacklogMakesOthersWait() {
        server.pace(Duration.ofSeconds(2), Duration.ofSeconds(2)); // so slow that nobody is accepted meanwhile
        server.start(reactor -> reactor.listenTcp(7, Factory.of(accepted::make), ListenOptions.DEFAULT.backlog(2)));
        List<Deferred<Talk.Listener>> all = client.start(reactor -> List.of(
                Talk.listen(reactor, "server", 7),
                Talk.listen(reactor, "server", 7),
                Talk.listen(reactor, "server", 7),
                Talk.listen(reactor, "server", 7)));

        world.runFor(Duration.ofMillis(900));
        assertThat(all.stream().filter(Deferred::hasResult)).hasSizeLessThan(4);
        world.runUntil(() -> all.stream().allMatch(Deferred::hasResult), MINUTE);

        assertThat(world.trace().text()).contains("backlog full");
    }

    @Test
    void aHostRunsOutOfDescriptors() {
        server.descriptorsMax(3); // the port, the reserve, and one
        serve();
        Deferred<Talk.Listener> first = client.start(reactor -> Talk.listen(reactor, "server", 7));
        world.runUntil(first, MINUTE);
        Deferred<Talk.Listener> second = client.call(() -> Talk.listen(client.reactor(), "server", 7));
        world.runUntil(second, MINUTE);

        assertThat(endOf((Talk.Listener) Objects.requireNonNull(second.result())))
                .isNotNull();
        assertThat(world.trace().text()).contains("out of file descriptors");
        world.dropLoggedErrors("out of file descriptors");
    }

    // Connections

    @Test
    void anOrderlyEndIsTold() {
        Talk.Listener near = connected();

        client.call(() -> {
            near.say("bye");
            near.transport().loseConnection();
            return near;
        });

        assertThat(endOf(accepted())).isInstanceOf(ConnectionDone.class);
        assertThat(accepted().text()).isEqualTo("bye");
        assertThat(endOf(near)).isInstanceOf(ConnectionDone.class);
    }

    @Test
    void somethingInBetweenResets() {
        Talk.Listener near = connected();
        world.everywhere().resets(1);

        client.call(() -> {
            near.say("hello");
            return near;
        });

        assertThat(endOf(near)).isInstanceOf(ConnectionLost.class);
        assertThat(endOf(accepted())).isInstanceOf(ConnectionLost.class);
        assertThat(accepted().text()).isEmpty();
    }

    @Test
    void aCrashIsTold() {
        Talk.Listener near = connected();

        server.crash();

        assertThat(endOf(near)).isInstanceOf(ConnectionDone.class);
        assertThat(accepted().ends).isZero(); // nobody is left to be told
    }

    @Test
    void aHostWithoutPowerTellsNobody() {
        Talk.Listener near = connected();

        server.powerOff();
        world.runFor(Duration.ofDays(1));

        assertThat(near.ends).isZero();
        client.call(() -> {
            near.say("anybody there?");
            return near;
        });
        assertThat(endOf(near)).isInstanceOf(ConnectionLost.class).hasMessageContaining("timed out");
    }

    @Test
    void aHostThatHasRestartedKnowsNoneOfItsConnections() {
        Talk.Listener near = connected();

        server.powerOff();
        world.runFor(MINUTE);
        server.powerOn();
        serve();
        client.call(() -> {
            near.say("do you remember?");
            return near;
        });

        assertThat(endOf(near)).isInstanceOf(ConnectionLost.class).hasMessageContaining("reset");
    }

    @Test
    void aPartitionHoldsBytesUntilItIsHealed() {
        Talk.Listener near = connected();
        world.partition(List.of(server), List.of(client));

        client.call(() -> {
            near.say("patience");
            return near;
        });
        world.runFor(Duration.ofMinutes(5));
        assertThat(accepted().text()).isEmpty();
        world.heal();
        world.runFor(Duration.ofMinutes(3));

        assertThat(accepted().text()).isEqualTo("patience");
        assertThat(near.ends).isZero();
    }

    @Test
    void aCableThatStaysOutEndsOnlyWhoSends() {
        Talk.Listener near = connected();
        server.cutOff();

        client.call(() -> {
            near.say("hello?");
            return near;
        });

        assertThat(endOf(near)).hasMessageContaining("timed out");
        assertThat(accepted().ends).isZero(); // half open
        server.reconnect();
    }

    @Test
    void backPressureReachesTheWriter() {
        Talk.Listener near = connected();
        server.call(() -> {
            accepted().transport().pauseProducing();
            return null;
        });

        client.call(() -> {
            near.transport().write(new byte[1_000_000]);
            return near;
        });
        world.runFor(MINUTE);

        assertThat(near.transport().unsentBytes()).isGreaterThan(700_000);
        server.call(() -> {
            accepted().transport().resumeProducing();
            return null;
        });
        world.runFor(MINUTE);
        assertThat(near.transport().unsentBytes()).isZero();
        assertThat(accepted().heard.size()).isEqualTo(1_000_000);
    }

    @Test
    void bandwidthIsShared() {
        world.between(server, client).bandwidth(100_000);
        Talk.Listener near = connected();
        Duration before = world.elapsed();

        client.call(() -> {
            near.transport().write(new byte[1_000_000]);
            return near;
        });
        world.runUntil(() -> accepted().heard.size() == 1_000_000, MINUTE);

        assertThat(world.elapsed().minus(before)).isBetween(Duration.ofMillis(9_990), Duration.ofMillis(10_200));
    }
}
