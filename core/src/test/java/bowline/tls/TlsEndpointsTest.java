package bowline.tls;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ServerEndpoint;
import bowline.endpoint.TcpClientEndpoint;
import bowline.endpoint.TcpServerEndpoint;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.ReactorGroup;
import bowline.reactor.contract.ReactorContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// TLS in endpoints, on a real reactor.
class TlsEndpointsTest extends ReactorContract {
    private final Speaker client = new Speaker();
    private final Speaker server = new Speaker();
    private final List<String> told = new ArrayList<>();

    @Override
    protected Reactor newReactor() {
        return Reactor.create("nio");
    }

    /// Knows what it can speak.
    private final class Versatile extends Factory<Speaker> implements ApplicationProtocols {
        @Override
        public Speaker buildProtocol(Address peer) {
            return server;
        }

        @Override
        public List<String> acceptableProtocols() {
            return List.of("b", "a");
        }
    }

    @Test
    @DisplayName("END-2, TLS-2, TLS-7: the Deferred fires after connectionMade, and the handshake can be waited for")
    void connects() {
        ServerEndpoint servers = Tls.wrapServer(
                new TcpServerEndpoint(reactor, 0), TlsWorld.server().build());
        client.whenMade = it -> it.transport().write("hello over a socket");
        run(() -> servers.listen(new Versatile()).onSuccess(this::connect));
        assertThat(told).containsExactly("made");
        assertThat(client.tls().session().applicationProtocol()).isEqualTo("b");
        assertThat(server.received()).isEqualTo("hello over a socket");
        assertThat(servers.toString()).startsWith("tls:tcp");
    }

    @Test
    @DisplayName("LIS-10: reactors of a group share a place, each with TLS")
    void isSharedByAGroup() {
        ReactorGroup group = ReactorGroup.create(2);
        ServerEndpoint whole = Tls.wrapServer(
                new TcpServerEndpoint(group.first(), 0), TlsWorld.server().build());
        List<ServerEndpoint> parts = whole.sharedBy(group);
        assertThat(parts).hasSize(2).allMatch(part -> part.toString().startsWith("tls:"));
    }

    private void connect(ListeningPort port) {
        ClientEndpoint clients = Tls.wrapClient(
                new TcpClientEndpoint(reactor, "127.0.0.1", port.port()),
                TlsWorld.client().applicationProtocols("a", "b").build());
        clients.connectProtocol(client)
                .onSuccess(it -> told.addAll(it.told))
                .addCallbackDeferring(it -> it.tls().handshake())
                .onSuccess(_ -> client.transport().loseConnection());
        stopWhenLost();
    }

    private void stopWhenLost() {
        if (client.reason != null && server.reason != null) {
            reactor.stop();
        } else {
            reactor.callLater(Duration.ofMillis(1), this::stopWhenLost);
        }
    }
}
