package bowline.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.capture.CaptureOptions;
import bowline.capture.Captures;
import bowline.policy.LimitTotalConnections;
import bowline.policy.Rate;
import bowline.policy.ShapingFactory;
import bowline.policy.ShapingOptions;
import bowline.policy.ThrottlingFactory;
import bowline.policy.TimeoutFactory;
import bowline.protocol.Address;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.PushProducer;
import bowline.testing.Loopback;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import bowline.time.Clock;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS-8: TLS that begins in the middle of a connection.
class StartTlsTest {
    private final Speaker client = new Speaker();
    private final Speaker server = new Speaker();
    private final TlsClientOptions clients = TlsWorld.client().build();
    private final TlsServerOptions servers = TlsWorld.server().build();

    /// The client asks for TLS, the server agrees, and both begin.
    private Loopback upgrading(Protocol clientSide, Protocol serverSide) {
        return upgrading(clientSide, serverSide, new ManualClock());
    }

    private Loopback upgrading(Protocol clientSide, Protocol serverSide, Clock clock) {
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
        return Loopback.connect(clientSide, serverSide, clock);
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
    @DisplayName("POL-1: it begins under every layer around the protocol as well")
    void beginsUnderLayers(@TempDir Path folder) throws Exception {
        List<UnaryOperator<Factory<? extends Protocol>>> layers = List.of(
                factory -> new TimeoutFactory<>(factory, Duration.ofMinutes(1)),
                factory -> new ShapingFactory<>(factory, ShapingOptions.each(new Rate(1 << 20, 1 << 20))),
                factory -> new ThrottlingFactory<>(factory, 10, 1 << 20, 1 << 20),
                factory -> new LimitTotalConnections<>(factory, 10),
                factory -> new Captures(folder, CaptureOptions.USUAL).inFrontOf(factory));
        for (UnaryOperator<Factory<? extends Protocol>> layer : layers) {
            var test = new StartTlsTest();
            var clock = new ManualClock();
            Loopback wire = test.upgrading(around(test.client, layer), around(test.server, layer), clock);
            for (int i = 0; i < 20; i++) {
                wire.pump();
                clock.advance(Duration.ofMillis(10));
            }
            assertThat(test.server.received()).isEqualTo("STARTTLShidden question");
            assertThat(test.server.told).containsExactly("made", "handshake");
        }
    }

    private static Protocol around(Protocol inner, UnaryOperator<Factory<? extends Protocol>> layer) throws Exception {
        Address anybody = new Address.IPv4(Address.Carrier.TCP, "192.0.2.1", 1);
        return Objects.requireNonNull(layer.apply(Factory.of(() -> inner)).build(anybody));
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
