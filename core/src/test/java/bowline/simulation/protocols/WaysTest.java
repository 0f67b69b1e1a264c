package bowline.simulation.protocols;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.HostnameEndpoint;
import bowline.endpoint.TcpClientEndpoint;
import bowline.endpoint.TcpServerEndpoint;
import bowline.forward.PortForward;
import bowline.haproxy.ProxyProtocolClientEndpoint;
import bowline.haproxy.ProxyProtocolOptions;
import bowline.haproxy.ProxyProtocolServerEndpoint;
import bowline.policy.AddressRules;
import bowline.reactor.Reactor;
import bowline.simulation.ManySeeds;
import bowline.simulation.SimulatedHost;
import bowline.simulation.Simulation;
import bowline.simulation.invariant.Weather;
import bowline.socks.Socks4ClientEndpoint;
import bowline.socks.Socks5ClientEndpoint;
import bowline.socks.SocksServer;
import bowline.socks.SocksServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every way from a client to a server, direct and through something in between, under bad networks.
class WaysTest {

    /// How the client reaches the server.
    private enum Way {
        DIRECT(Way::plain, Way::plain),
        HAPPY_EYEBALLS(Way::plain, (way, reactor) -> new HostnameEndpoint(reactor, "server", 7)),
        PORT_FORWARD(Way::plain, (way, reactor) -> new TcpClientEndpoint(reactor, "between", 7)),
        SOCKS_4(Way::plain, (way, reactor) -> new Socks4ClientEndpoint(proxy(reactor), "server", 7)),
        SOCKS_5(Way::plain, (way, reactor) -> new Socks5ClientEndpoint(proxy(reactor), "server", 7)),
        PROXY_HEADER_1(
                Way::behindHeader,
                (way, reactor) -> new ProxyProtocolClientEndpoint(new TcpClientEndpoint(reactor, "server", 7), 1)),
        PROXY_HEADER_2(
                Way::behindHeader,
                (way, reactor) -> new ProxyProtocolClientEndpoint(new TcpClientEndpoint(reactor, "server", 7), 2));

        /// Those in which something in between stands for each side towards the other.
        private static final Set<Way> RELAYED = EnumSet.of(PORT_FORWARD, SOCKS_4, SOCKS_5);

        private final BiFunction<Conversations, Reactor, Object> server;
        private final BiFunction<Way, Reactor, ClientEndpoint> client;

        Way(BiFunction<Conversations, Reactor, Object> server, BiFunction<Way, Reactor, ClientEndpoint> client) {
            this.server = server;
            this.client = client;
        }

        private static Object plain(Conversations conversations, Reactor reactor) {
            return reactor.listenTcp(7, conversations.farEnd());
        }

        private static ClientEndpoint plain(Way way, Reactor reactor) {
            return new TcpClientEndpoint(reactor, "server", 7);
        }

        private static Object behindHeader(Conversations conversations, Reactor reactor) {
            ProxyProtocolOptions options =
                    ProxyProtocolOptions.DEFAULT.trustingAnybody().headerTimeout(Duration.ofMinutes(10));
            return new ProxyProtocolServerEndpoint(new TcpServerEndpoint(reactor, 7), options)
                    .listen(conversations.farEnd());
        }

        private static ClientEndpoint proxy(Reactor reactor) {
            return new TcpClientEndpoint(reactor, "between", 1080);
        }
    }

    private static SocksServerOptions patient() {
        return SocksServerOptions.USUAL
                .addresses(AddressRules.ALL_HOSTS)
                .timeouts(SocksServerOptions.Timeouts.USUAL.handshake(Duration.ofMinutes(10)));
    }

    private static Object between(Reactor reactor) {
        reactor.listenTcp(7, new PortForward(new TcpClientEndpoint(reactor, "server", 7)));
        return reactor.listenTcp(1080, new SocksServer(reactor, patient()));
    }

    /// A port and what its reactor keeps in reserve.
    private static final int ONE_PORT = 2;

    private static final int TWO_PORTS = 3;

    /// A name has two addresses, both of which may be under way.
    private static final int ATTEMPTS_MAX = 2;

    private static Conversations talk(Simulation world, Way way) {
        return talk(new Conversations(world), way);
    }

    private static Conversations talk(Conversations conversations, Way way) {
        Simulation world = conversations.world;
        SimulatedHost server = world.host("server");
        SimulatedHost between = world.host("between");
        SimulatedHost client = world.host("client");
        server.start(reactor -> way.server.apply(conversations, reactor));
        between.start(WaysTest::between);
        client.start(reactor -> {
            conversations.begin(way.client.apply(way, reactor));
            conversations.begin(way.client.apply(way, reactor));
            return reactor;
        });
        conversations.countDescriptors(server, () -> ONE_PORT);
        conversations.countDescriptors(between, () -> TWO_PORTS + ATTEMPTS_MAX * conversations.count());
        conversations.countDescriptors(client, () -> ATTEMPTS_MAX * conversations.connecting());
        return conversations;
    }

    private static void tellWhatBreaksLookLike(Way way, Conversations conversations) {
        if (Way.RELAYED.contains(way)) {
            conversations.breaksLookLikeEnds();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("both streams come whole, and all connections end in good order")
    void streamsComeWhole(Way way) {
        ManySeeds.run(1, 1000, world -> {
            Weather.over(world);
            Conversations conversations = talk(world, way);

            conversations.awaitEnd();

            conversations.checkWhole();
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "PORT_FORWARD"})
    @DisplayName(
            "PRO-3 to PRO-9: streams that are longer than all buffers come whole, however they are produced and read")
    void largeStreamsComeWhole(Way way) {
        ManySeeds.run(1, 1000, world -> {
            Weather.wide(world);
            var conversations = new Conversations(world);
            conversations.large();

            talk(conversations, way).awaitEnd();

            conversations.checkWhole();
        });
    }

    @Test
    @DisplayName("PRO-7: streams that are longer than all buffers and break off: every producer is told once")
    void largeStreamsBreakOff() {
        ManySeeds.run(1, 1000, world -> {
            Weather.wide(world).rough();
            var conversations = new Conversations(world);
            conversations.large();

            talk(conversations, Way.DIRECT).awaitEnd();

            conversations.checkAll();
        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("CON-9: a connect that is cancelled while it is under way fails once, and leaves nothing open")
    void connectsAreGivenUp(Way way) {
        ManySeeds.run(3001, 1000, world -> {
            Weather.over(world).rough();
            var conversations = new Conversations(world);
            talk(conversations, way);
            tellWhatBreaksLookLike(way, conversations);
            SimulatedHost client = world.hosts().getLast();
            var random = world.random("give up");
            var begun = new ArrayList<Deferred<?>>();
            client.call(() -> begun.add(conversations.begin(way.client.apply(way, client.reactor()))));

            world.runFor(Duration.ofMillis(random.nextInt(400)));
            client.call(() -> {
                begun.getFirst().cancel();
                return begun;
            });
            conversations.awaitEnd();

            conversations.checkAll();
        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("connections that break, are refused or hear nothing: no byte is invented, every end is told once")
    void brokenConnectionsEndOnce(Way way) {
        ManySeeds.run(1001, 1000, world -> {
            Weather.over(world).rough();
            Conversations conversations = talk(world, way);
            tellWhatBreaksLookLike(way, conversations);

            conversations.awaitEnd();

            conversations.checkAll();
        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("REA-9: a program that stops at any time leaves nothing, and tells everybody")
    void programsStopAtAnyTime(Way way) {
        ManySeeds.run(2001, 1000, world -> {
            Weather.over(world);
            Conversations conversations = talk(world, way);
            tellWhatBreaksLookLike(way, conversations);

            world.runFor(Duration.ofMillis(world.random("stop").nextInt(3_000)));
            world.hosts().get(world.random("who").nextInt(3)).stop();
            conversations.awaitEnd();

            conversations.checkAll();
        });
    }
}
