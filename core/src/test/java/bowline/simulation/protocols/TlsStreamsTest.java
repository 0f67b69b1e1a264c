package bowline.simulation.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ServerEndpoint;
import bowline.endpoint.TcpClientEndpoint;
import bowline.endpoint.TcpServerEndpoint;
import bowline.failure.Failure;
import bowline.protocol.ConnectionClosed;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import bowline.simulation.ManySeeds;
import bowline.simulation.SimulatedHost;
import bowline.simulation.Simulation;
import bowline.simulation.invariant.Weather;
import bowline.simulation.tls.Certificates;
import bowline.tls.Tls;
import bowline.tls.TlsClientOptions;
import bowline.tls.TlsError;
import bowline.tls.TlsLimits;
import bowline.tls.TlsServerOptions;
import bowline.tls.engine.TlsVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Streams over TLS under bad networks: the rules of transports hold above it, and an end in good order says that
/// everything has come (TLS-1, TLS-9, TLS-10).
class TlsStreamsTest {
    private static final int SEEDS = 25;

    private static final TlsLimits PATIENT =
            TlsLimits.DEFAULT.handshakeTimeout(Duration.ofMinutes(20)).closeTimeout(Duration.ofMinutes(10));

    /// TLS 1.3, for 1.2 has no half-closed connections.
    private static final TlsServerOptions SERVERS = Certificates.servers()
            .limits(PATIENT)
            .versions(Certificates.only(TlsVersion.TLS_1_3))
            .build();

    private static final TlsClientOptions CLIENTS =
            Certificates.clients().limits(PATIENT).build();

    /// How TLS comes to be there.
    private enum Way {
        TLS {
            @Override
            ServerEndpoint server(ServerEndpoint tcp) {
                return Tls.wrapServer(tcp, SERVERS);
            }

            @Override
            ClientEndpoint client(ClientEndpoint tcp) {
                return Tls.wrapClient(tcp, CLIENTS);
            }
        },
        TLS_IN_TLS {
            @Override
            ServerEndpoint server(ServerEndpoint tcp) {
                return TLS.server(TLS.server(tcp));
            }

            @Override
            ClientEndpoint client(ClientEndpoint tcp) {
                return TLS.client(TLS.client(tcp));
            }
        },
        START_TLS {
            @Override
            ServerEndpoint server(ServerEndpoint tcp) {
                return tcp;
            }

            @Override
            ClientEndpoint client(ClientEndpoint tcp) {
                return tcp;
            }

            @Override
            Object listen(Conversations conversations, Reactor reactor) {
                Factory<Beginner> factory = Factory.of(() -> new Beginner(conversations.farEnd(), null));
                factory.noisy(false);
                return reactor.listenTcp(7, factory);
            }

            @Override
            Deferred<Streamer> connect(Reactor reactor, Factory<Streamer> factory) {
                var begun = new Deferred<Streamer>();
                new TcpClientEndpoint(reactor, "server", 7)
                        .connect(Factory.of(() -> new Beginner(factory, begun)))
                        .addErrback(failure -> {
                            begun.errback(failure);
                            return null;
                        });
                return begun;
            }
        };

        abstract ServerEndpoint server(ServerEndpoint tcp);

        abstract ClientEndpoint client(ClientEndpoint tcp);

        Object listen(Conversations conversations, Reactor reactor) {
            return server(new TcpServerEndpoint(reactor, 7)).listen(conversations.farEnd());
        }

        Deferred<Streamer> connect(Reactor reactor, Factory<Streamer> factory) {
            return client(new TcpClientEndpoint(reactor, "server", 7)).connect(factory);
        }
    }

    /// Says a word in clear, hears one, and goes on with TLS and with another protocol. The client begins.
    private static final class Beginner extends Protocol {
        private static final String WORD = "starttls";

        private final Factory<Streamer> next;
        private final @Nullable Deferred<Streamer> begun;
        private final StringBuilder heard = new StringBuilder();

        /// @param begun told of what comes next, on the client's side; null on the server's
        Beginner(Factory<Streamer> next, @Nullable Deferred<Streamer> begun) {
            this.next = next;
            this.begun = begun;
        }

        @Override
        public void connectionMade() {
            if (begun != null) {
                transport().write(WORD);
            }
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            while (unread.hasRemaining() && heard.length() < WORD.length()) {
                heard.append((char) unread.get());
            }
            if (heard.length() == WORD.length()) {
                begin();
            }
        }

        private void begin() {
            if (begun == null) {
                transport().write(WORD);
                Tls.startTls(this, SERVERS);
            } else {
                Tls.startTls(this, CLIENTS);
            }
            Streamer streamer = built();
            become(streamer);
            if (begun != null) {
                begun.callback(streamer);
            }
        }

        private Streamer built() {
            try {
                return next.build(transport().peer());
            } catch (Exception impossible) {
                throw new AssertionError(impossible);
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            if (begun != null) {
                begun.errback(reason);
            }
        }
    }

    private static Conversations talk(Conversations conversations, Way way) {
        Simulation world = conversations.world;
        SimulatedHost server = world.host("server");
        SimulatedHost client = world.host("client");
        server.start(reactor -> way.listen(conversations, reactor));
        client.start(reactor -> {
            conversations.beginBy(factory -> way.connect(reactor, factory));
            conversations.beginBy(factory -> way.connect(reactor, factory));
            return reactor;
        });
        return conversations;
    }

    /// Nothing but these may be told of a connection that breaks.
    private static void checkReasons(Conversations conversations) {
        conversations.checkEndsAreTrue();
        assertThat(conversations.ends()).allSatisfy(TlsStreamsTest::checkReason);
    }

    private static void checkReason(Failure reason) {
        Throwable why = reason.value();
        if (why instanceof TlsError) {
            assertThat(why).hasMessageContaining("handshakeTimeout");
        } else {
            assertThat(why).isInstanceOf(ConnectionClosed.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("PRO-7: long streams that break off: every producer is told once")
    void largeStreamsBreakOff(Way way) {
        ManySeeds.run(1001, SEEDS, world -> {
            Weather.wide(world).rough();
            var conversations = new Conversations(world);
            conversations.large();

            talk(conversations, way).awaitEnd();

            conversations.checkAll();
            checkReasons(conversations);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "START_TLS"})
    @DisplayName("TLS-10: connections that break: no byte is invented, every end is told once, and has its name")
    void brokenConnectionsEndOnce(Way way) {
        ManySeeds.run(2001, SEEDS, world -> {
            Weather.over(world).rough();

            Conversations conversations = talk(new Conversations(world), way);
            conversations.awaitEnd();

            conversations.checkAll();
            checkReasons(conversations);
        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("REA-9: a program that stops at any time leaves nothing, and tells everybody")
    void programsStopAtAnyTime(Way way) {
        ManySeeds.run(3001, SEEDS, world -> {
            Weather.over(world);
            Conversations conversations = talk(new Conversations(world), way);

            world.runFor(Duration.ofMillis(world.random("stop").nextInt(3_000)));
            world.hosts().get(world.random("who").nextInt(2)).stop();
            conversations.awaitEnd();

            conversations.checkAll();
        });
    }

    @Test
    @DisplayName("TLS-4: whatever the network does, a handshake is through or over by its time-out, which is named")
    void handshakesEndInTime() {
        TlsLimits hasty = TlsLimits.DEFAULT.handshakeTimeout(Duration.ofMillis(500));
        ManySeeds.run(5001, SEEDS, world -> {
            Weather.over(world).rough();
            var conversations = new Conversations(world);
            world.host("server")
                    .start(reactor -> Tls.wrapServer(
                                    new TcpServerEndpoint(reactor, 7),
                                    SERVERS.change().limits(hasty).build())
                            .listen(conversations.farEnd()));
            world.host("client").start(reactor -> {
                conversations.begin(Tls.wrapClient(
                        new TcpClientEndpoint(reactor, "server", 7),
                        CLIENTS.change().limits(hasty).build()));
                return reactor;
            });
            conversations.awaitEnd();
            conversations.checkAll();
            checkReasons(conversations);
        });
    }
}
