package bowline.tls;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.testing.ManualClock;
import bowline.testing.MemoryReactor;
import bowline.testing.MemoryTransport;
import bowline.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the layer makes of an engine's answers, with one that says what the test wants.
class PlainEngineTest {
    private final ManualClock clock = new ManualClock();
    private final MemoryReactor reactor = new MemoryReactor();
    private final PlainEngine engine = new PlainEngine();
    private Speaker client = new Speaker();

    private MemoryTransport begin(Clock on, TlsLimits limits) {
        TlsClientOptions options = TlsWorld.client()
                .provider(PlainEngine.provider(engine))
                .limits(limits)
                .build();
        return MemoryTransport.connect(TlsPair.layer(client, options), on);
    }

    private MemoryTransport open(Clock on, TlsLimits limits) {
        MemoryTransport transport = begin(on, limits);
        assertThat(transport.takeText()).endsWith("HELLO");
        transport.deliver(PlainEngine.record("H"));
        return transport;
    }

    private MemoryTransport open() {
        return open(clock, TlsLimits.DEFAULT);
    }

    @Test
    @DisplayName("TLS-16: sessions are kept for the server that was meant")
    void tellsTheEngineForWhom() {
        open();
        assertThat(engine.calls.getFirst())
                .isEqualTo("for " + TlsWorld.SERVER_NAME + " at " + TlsWorld.SERVER_NAME + ":54321");
    }

    @Test
    @DisplayName("TLS-4 of security: a flood of records without data ends the connection, a trickle does not")
    void boundsRecordsWithoutData() {
        MemoryTransport transport = open(clock, TlsLimits.DEFAULT.datalessRecordsMax(3));
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 3; j++) {
                transport.deliver(PlainEngine.record("N"));
            }
            clock.advance(TlsLimits.DATALESS_TIME.plusNanos(1));
        }
        assertThat(transport.disconnecting()).isFalse();
        for (int j = 0; j < 4; j++) {
            transport.deliver(PlainEngine.record("N"));
        }
        assertThat(transport.disconnecting()).isTrue();
        transport.close();
        assertThat(client.reason.value()).isInstanceOf(TlsError.class).hasMessageContaining("datalessRecordsMax = 3");
    }

    @Test
    void answersWhenTheEngineWantsTo() {
        MemoryTransport transport = open();
        transport.deliver(PlainEngine.record("R"));
        assertThat(transport.takeText()).endsWith("ANSWER");
    }

    @Test
    @DisplayName("TLS-3: an alert goes out before the connection closes")
    void sendsTheAlertOfAFault() {
        MemoryTransport transport = open();
        transport.deliver(PlainEngine.record("F"));
        assertThat(transport.takeText()).endsWith("ALERT");
        assertThat(transport.disconnecting()).isTrue();
        assertThat(client.reason).isNull();
        transport.close();
        assertThat(client.reason.value()).isInstanceOf(TlsError.class);
        assertThat(((TlsError) client.reason.value()).fault().alert()).isEqualTo("decode_error");
        assertThat(engine.calls).endsWith("close");
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("a connection that does not close after a fault is aborted")
    void abortsWhatDoesNotClose() {
        MemoryTransport transport = open();
        transport.deliver(PlainEngine.record("F"));
        clock.advance(TlsLimits.DEFAULT.closeTimeout());
        assertThat(transport.disconnected()).isTrue();
        transport.close(ConnectionLost.FAILURE);
        assertThat(client.reason.value()).isInstanceOf(TlsError.class);
    }

    @Test
    @DisplayName("TLS-4 of security: work in the middle of a connection: what is written waits, what comes stays below")
    void waitsForWork() {
        MemoryTransport transport = open(reactor, TlsLimits.DEFAULT);
        byte[] both = new byte[PlainEngine.record("W").length + PlainEngine.record("Dlater").length];
        System.arraycopy(PlainEngine.record("W"), 0, both, 0, 6);
        System.arraycopy(PlainEngine.record("Dlater"), 0, both, 6, both.length - 6);
        transport.deliver(both);
        client.transport().write("question");
        assertThat(transport.value()).isEmpty();
        assertThat(client.received()).isEmpty();
        assertThat(transport.producerState()).isEqualTo(MemoryTransport.ProducerState.PAUSED);
        reactor.advance(Duration.ZERO);
        assertThat(transport.text()).endsWith("question");
        assertThat(client.received()).isEqualTo("later");
    }

    @Test
    @DisplayName("what comes before a call for work is shown at once")
    void showsWhatCameBeforeWork() {
        MemoryTransport transport = open(reactor, TlsLimits.DEFAULT);
        byte[] both = new byte[PlainEngine.record("Dnow").length + PlainEngine.record("W").length];
        System.arraycopy(PlainEngine.record("Dnow"), 0, both, 0, both.length - 6);
        System.arraycopy(PlainEngine.record("W"), 0, both, both.length - 6, 6);
        transport.deliver(both);
        assertThat(client.received()).isEqualTo("now");
    }

    @Test
    @DisplayName("an engine is closed when its work is done, though its connection is long gone")
    void closesTheEngineAfterItsWork() {
        MemoryTransport transport = open(reactor, TlsLimits.DEFAULT);
        transport.deliver(PlainEngine.record("W"));
        transport.close(ConnectionLost.FAILURE);
        assertThat(engine.calls).doesNotContain("close");
        reactor.advance(Duration.ZERO);
        assertThat(engine.calls).endsWith("work at " + ManualClock.START, "close");
    }

    @Test
    @DisplayName("TRA-20: what a listener throws after work ends the connection, though no transport called it")
    void endsWithWhatIsThrownAfterWork() {
        client.whenHandshaken = _ -> {
            throw new IllegalStateException("not with you");
        };
        MemoryTransport transport = begin(reactor, TlsLimits.DEFAULT);
        transport.deliver(PlainEngine.record("W"));
        byte[] handshake = PlainEngine.record("H");
        transport.deliver(handshake);
        try {
            reactor.advance(Duration.ZERO);
        } catch (IllegalStateException shown) {
            assertThat(shown).hasMessage("not with you"); // by the memory transport, which shows what was left
        }
        transport.close();
        assertThat(client.told).contains("handshake");
    }

    @Test
    @DisplayName("TLS-10: the peer's close_notify before anything else of the same read is the end")
    void endsAtTheCloseOfThePeer() {
        MemoryTransport transport = open();
        byte[] close = PlainEngine.record("C");
        byte[] data = PlainEngine.record("Dbehind");
        byte[] both = new byte[close.length + data.length];
        System.arraycopy(close, 0, both, 0, close.length);
        System.arraycopy(data, 0, both, close.length, data.length);
        transport.deliver(both);
        assertThat(transport.takeText()).endsWith("CLOSE");
        transport.close();
        assertThat(client.received()).isEmpty();
        assertThat(client.reason.value()).isInstanceOf(ConnectionDone.class);
    }

    @Test
    @DisplayName("a reset below stays a reset above")
    void passesOnHowTheTransportWasLost() {
        MemoryTransport transport = open();
        Failure reset = Failure.of(new ConnectionLost("reset by peer"));
        transport.close(reset);
        assertThat(client.reason).isSameAs(reset);
    }
}
