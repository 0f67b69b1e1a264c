package bowline.simulation.tls;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.endpoint.TcpClientEndpoint;
import bowline.failure.Failure;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.simulation.Simulation;
import bowline.tls.HandshakeListener;
import bowline.tls.Tls;
import bowline.tls.TlsClientOptions;
import bowline.tls.TlsServerFactory;
import bowline.tls.TlsServerOptions;
import bowline.tls.TlsTruncated;
import bowline.tls.engine.TlsVersion;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Somebody in between who cuts a connection off, after each byte there is: of the handshake, of the data, of the end.
class CutWireTest {
    private static final int QUESTION_BYTES = 60;
    private static final int ANSWER_BYTES = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final TlsServerOptions SERVERS = Certificates.servers().build();
    private static final TlsClientOptions CLIENTS = Certificates.clients().build();

    /// One end, which has something to say, and closes when it has heard enough if it is the server.
    private static final class End extends Protocol implements HandshakeListener {
        private final byte[] says;
        private final int hears;
        private final boolean asks;
        int heard;
        boolean shaken;

        @Nullable
        Failure end;

        End(int says, int hears, boolean asks) {
            this.says = new byte[says];
            this.hears = hears;
            this.asks = asks;
        }

        @Override
        public void connectionMade() {
            if (asks) {
                transport().write(says);
            }
        }

        @Override
        public void handshakeCompleted() {
            shaken = true;
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            heard += unread.remaining();
            unread.position(unread.limit());
            if (!asks && heard == hears) {
                transport().write(says);
                transport().loseConnection();
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            end = reason;
        }

        Throwable reason() {
            return Objects.requireNonNull(end).value();
        }
    }

    /// One side of a relay: passes on so many bytes, and cuts then.
    private static final class Leg extends Protocol {
        final ByteArrayOutputStream early = new ByteArrayOutputStream();

        @Nullable
        Leg other;

        private final boolean resets;
        private final int max;
        int passed;
        private boolean made;

        Leg(int max, boolean resets) {
            this.max = max;
            this.resets = resets;
        }

        @Override
        public void connectionMade() {
            made = true;
            transport().write(early.toByteArray());
            cutIfDue();
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            byte[] bytes = new byte[Math.min(unread.remaining(), max - passed)];
            unread.get(bytes).position(unread.limit());
            passed += bytes.length;
            Objects.requireNonNull(other).pass(bytes);
            cutIfDue();
        }

        private void pass(byte[] bytes) {
            if (made) {
                transport().write(bytes);
            } else {
                early.writeBytes(bytes);
            }
        }

        private void cutIfDue() {
            if (passed == max) {
                cut();
                Objects.requireNonNull(other).cut();
            }
        }

        private void cut() {
            if (!made) {
                return;
            }
            if (resets) {
                transport().abortConnection();
            } else {
                transport().loseConnection();
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            Objects.requireNonNull(other).cut();
        }
    }

    /// @param up what of the client's is passed on
    /// @param down what of the server's is
    private record Case(int up, int down, boolean resets) {}

    private static final class Talk {
        final End client = new End(QUESTION_BYTES, ANSWER_BYTES, true);
        final End server = new End(ANSWER_BYTES, QUESTION_BYTES, false);
        final Leg up;
        final Leg down;

        Talk(TlsVersion version, Case cut) {
            up = new Leg(cut.up, cut.resets);
            down = new Leg(cut.down, cut.resets);
            up.other = down;
            down.other = up;
            try (var world = Simulation.of(1)) {
                TlsServerOptions servers =
                        SERVERS.change().versions(Certificates.only(version)).build();
                world.host("server")
                        .start(reactor -> reactor.listenTcp(443, new TlsServerFactory<>(quiet(server), servers)));
                world.host("between").start(reactor -> {
                    new TcpClientEndpoint(reactor, "server", 443).connect(quiet(down));
                    return reactor.listenTcp(443, quiet(up));
                });
                world.runFor(Duration.ofSeconds(1));
                world.host("client")
                        .start(reactor -> Tls.wrapClient(new TcpClientEndpoint(reactor, "between", 443), CLIENTS)
                                .connect(quiet(client))
                                .addErrback(_ -> null));
                world.runUntil(() -> client.end != null && server.end != null, PATIENCE);
                world.check();
            }
        }

        private static <P extends Protocol> Factory<P> quiet(P protocol) {
            Factory<P> factory = Factory.of(() -> protocol);
            factory.noisy(false);
            return factory;
        }

        void checkEnds(boolean resets) {
            check(client, client.heard == ANSWER_BYTES, resets);
            check(server, server.heard == QUESTION_BYTES, resets);
        }

        /// Who has heard everything may have heard the end too, or may have closed first.
        private static void check(End end, boolean heardAll, boolean resets) {
            if (end.reason() instanceof ConnectionDone) {
                assertThat(heardAll).isTrue();
            } else if (resets) {
                assertThat(end.reason()).isInstanceOf(ConnectionLost.class);
            } else {
                assertThat(end.reason())
                        .isSameAs((end.shaken ? TlsTruncated.FAILURE : TlsTruncated.IN_HANDSHAKE).value());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TLS_1_2, false", "TLS_1_2, true", "TLS_1_3, false", "TLS_1_3, true"})
    @DisplayName("TLS-10: cut off after any byte, each side is told what it was, and never of an end in good order")
    void cutAfterEachByte(TlsVersion version, boolean resets) {
        var whole = new Talk(version, new Case(Integer.MAX_VALUE, Integer.MAX_VALUE, resets));
        whole.checkEnds(false);
        assertThat(whole.client.reason()).isInstanceOf(ConnectionDone.class);
        assertThat(whole.server.reason()).isInstanceOf(ConnectionDone.class);

        for (int bytes = 1; bytes < whole.down.passed; bytes++) {
            var talk = new Talk(version, new Case(Integer.MAX_VALUE, bytes, resets));
            talk.checkEnds(resets);
            assertThat(talk.client.reason()).as("%d bytes down", bytes).isNotInstanceOf(ConnectionDone.class);
        }
        for (int bytes = 1; bytes < whole.up.passed; bytes++) {
            var talk = new Talk(version, new Case(bytes, Integer.MAX_VALUE, resets));
            talk.checkEnds(resets);
            if (talk.server.heard < QUESTION_BYTES) {
                assertThat(talk.server.reason()).as("%d bytes up", bytes).isNotInstanceOf(ConnectionDone.class);
            }
        }
    }
}
