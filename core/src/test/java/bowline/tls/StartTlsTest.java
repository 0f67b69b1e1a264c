package bowline.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.policy.TimeoutProtocol;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Protocol;
import bowline.protocol.PushProducer;
import bowline.testing.Loopback;
import bowline.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// TLS-8: TLS that begins in the middle of a connection.
class StartTlsTest {
    private final Speaker client = new Speaker();
    private final Speaker server = new Speaker();
    private final TlsClientOptions clients = TlsWorld.client().build();
    private final TlsServerOptions servers = TlsWorld.server().build();

    /// The client asks for TLS, the server agrees, and both begin.
    private Loopback upgrading(Protocol clientSide, Protocol serverSide) {
        server.whenReceived = unread -> {
            server.take(unread);
            if (server.received().equals("STARTTLS")) {
                server.transport().write("GO");
                Tls.startTls(server, servers);
            }
        };
        client.whenReceived = unread -> {
            client.take(unread);
            if (client.received().equals("GO")) {
                Tls.startTls(client, clients);
                client.transport().write("hidden question");
            }
        };
        client.whenMade = it -> it.transport().write("STARTTLS");
        return Loopback.connect(clientSide, serverSide);
    }

    private Loopback upgraded() {
        Loopback wire = upgrading(client, server);
        wire.flush();
        return wire;
    }

    @Test
    @DisplayName("TLS-8: what was written before goes in clear, what comes after does not, and nobody is made twice")
    void beginsInPlace() {
        Loopback wire = upgrading(client, server);
        assertThat(wire.client().text()).isEqualTo("STARTTLS");
        wire.pump();
        assertThat(wire.server().text()).isEqualTo("GO");
        wire.flush();
        server.transport().write("hidden answer");
        wire.flush();
        assertThat(server.received()).isEqualTo("STARTTLShidden question");
        assertThat(client.received()).isEqualTo("GOhidden answer");
        assertThat(client.told).containsExactly("made", "handshake");
        assertThat(server.told).containsExactly("made", "handshake");
        client.transport().loseConnection();
        wire.flush();
        assertThat(server.reason.value()).isInstanceOf(ConnectionDone.class);
        assertThat(client.reason.value()).isInstanceOf(ConnectionDone.class);
    }

    @Test
    @DisplayName("M4: bytes that came behind the request end the connection on the server, and are never read")
    void diesOfInjectedBytesOnTheServer() {
        MemoryTransport transport = MemoryTransport.connect(server);
        server.whenReceived = unread -> {
            byte[] request = new byte["STARTTLS".length()];
            unread.get(request);
            Tls.startTls(server, servers);
            server.transport().write("not sent");
        };
        transport.deliver("STARTTLSDELETE EVERYTHING");
        assertThat(transport.disconnected()).isTrue();
        assertThat(transport.value()).isEmpty();
        transport.close();
        assertThat(server.reason.value()).isInstanceOf(InjectedClearText.class).hasMessageContaining("17 bytes");
        assertThat(server.received()).isEmpty();
    }

    @Test
    @DisplayName("M4: and on the client")
    void diesOfInjectedBytesOnTheClient() {
        MemoryTransport transport = MemoryTransport.connect(client);
        client.whenReceived = unread -> {
            client.take(ByteBuffer.wrap(new byte[] {unread.get(), unread.get()}));
            Tls.startTls(client, clients);
        };
        transport.deliver("GO250 welcome");
        transport.close();
        assertThat(client.reason.value()).isInstanceOf(InjectedClearText.class);
        assertThat(client.received()).isEqualTo("GO");
        assertThat(transport.clock().delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("M4: and when they were left unread before")
    void diesOfBytesLeftBefore() {
        MemoryTransport transport = MemoryTransport.connect(server);
        server.whenReceived = _ -> {};
        transport.deliver("left");
        Tls.startTls(server, servers);
        transport.close();
        assertThat(server.reason.value()).isInstanceOf(InjectedClearText.class);
    }

    @Test
    @DisplayName("TLS-8: it can begin again, over what has begun")
    void beginsTwice() {
        Loopback wire = upgraded();
        server.whenReceived = server::take;
        client.whenReceived = client::take;
        Tls.startTls(client, clients);
        Tls.startTls(server, servers);
        client.transport().write("deeper");
        wire.flush();
        server.transport().write("yes");
        wire.flush();
        assertThat(server.received()).endsWith("deeper");
        assertThat(client.received()).endsWith("yes");
        assertThat(((TlsTransport) client.tls().below()).handshakeDone()).isTrue();
        client.transport().loseConnection();
        wire.flush();
        assertThat(server.reason.value()).isInstanceOf(ConnectionDone.class);
    }

    @Test
    @DisplayName("POL-1: it begins under a layer around the protocol as well")
    void beginsUnderALayer() {
        Loopback wire =
                upgrading(new TimeoutProtocol<>(client, Duration.ofMinutes(1)), new TimeoutProtocol<>(server, null));
        wire.flush();
        assertThat(server.received()).isEqualTo("STARTTLShidden question");
    }

    @Test
    @DisplayName("INT-3: who had the connection before and who has it after makes no difference")
    void goesWithBecoming() {
        var first = new Speaker();
        var last = new Speaker();
        first.whenMade = it -> it.become(server);
        server.whenHandshaken = it -> it.become(last);
        upgrading(client, first).flush();
        assertThat(last.received()).isEqualTo("hidden question");
        assertThat(last.told).containsExactly("made");
        assertThat(server.received()).isEqualTo("STARTTLS");
    }

    @Test
    @DisplayName("TLS-8, TLS-13: the producer moves over, as it is")
    void movesTheProducer() {
        var told = new ArrayList<String>();
        var producer = new PushProducer() {
            @Override
            public void pauseProducing() {
                told.add("pause");
            }

            @Override
            public void resumeProducing() {
                told.add("resume");
            }

            @Override
            public void stopProducing() {
                told.add("stop");
            }
        };
        MemoryTransport transport = MemoryTransport.connect(client);
        transport.registerProducer(producer);
        Tls.startTls(client, clients);
        assertThat(transport.producer()).isNotNull().isNotSameAs(producer);
        assertThat(client.transport().takeProducer().producer()).isSameAs(producer);
        client.transport().registerProducer(producer);
        transport.close();
        assertThat(told).containsExactly("stop");
    }

    @Test
    void needsAConnectionOfItsOwn() {
        assertThatThrownBy(() -> Tls.startTls(client, clients)).isInstanceOf(IllegalStateException.class);
        MemoryTransport transport = MemoryTransport.connect(client);
        client.transport().loseConnection();
        assertThatThrownBy(() -> Tls.startTls(client, clients))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closing");
        assertThat(transport.value()).isEmpty();
        assertThat(List.copyOf(client.told)).containsExactly("made");
    }
}
