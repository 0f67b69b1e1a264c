package bowline.tls;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.endpoint.TcpClientEndpoint;
import bowline.endpoint.TcpServerEndpoint;
import bowline.failure.Failure;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import bowline.simulation.Simulation;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// TLS on a network that cuts, delays and loses what it likes, with threads whose work takes its time.
class TlsInSimulationTest {
    private static final String QUESTION = "what? ".repeat(30_000);

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }

    /// Asks, and closes when the whole answer has come.
    private static final class Asker extends Speaker {
        final Deferred<String> answer = new Deferred<>();

        Asker() {
            whenMade = it -> it.transport().write(QUESTION);
            whenReceived = unread -> {
                take(unread);
                if (received().length() == QUESTION.length()) {
                    transport().loseConnection();
                }
            };
        }

        @Override
        public void connectionLost(Failure why) {
            super.connectionLost(why);
            answer.callback(received());
        }
    }

    private static Deferred<String> ask(Reactor reactor, Asker asker) {
        Tls.wrapClient(
                        new TcpClientEndpoint(reactor, "server", 443),
                        TlsWorld.client().build())
                .connect(Factory.of(() -> asker));
        return asker.answer;
    }

    @Test
    @DisplayName("TLS-1: what one side writes the other reads, and both end in good order, by many seeds")
    void carriesEverything() {
        for (long seed = 1; seed <= 15; seed++) {
            try (var world = Simulation.of(seed)) {
                var server = world.host("server");
                var client = world.host("client");
                world.between(server, client)
                        .latency(Duration.ofMillis(1), Duration.ofMillis(30))
                        .cutAnywhere();
                TlsServerOptions servers = TlsWorld.server().build();
                server.start(reactor -> Tls.wrapServer(new TcpServerEndpoint(reactor, 443), servers)
                        .listen(Factory.of(Echo::new)));
                var asker = new Asker();
                Deferred<String> answer = client.start(reactor -> ask(reactor, asker));
                world.runUntil(answer, Duration.ofMinutes(10));
                assertThat(asker.received()).as("seed " + seed).isEqualTo(QUESTION);
                assertThat(asker.reason.value()).as("seed " + seed).isInstanceOf(ConnectionDone.class);
                world.check();
            }
        }
    }
}
