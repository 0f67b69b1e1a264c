package bowline.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.bytes.Ascii;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.policy.ProtocolWrapper;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Protocol;
import bowline.protocol.PushProducer;
import bowline.protocol.Transport;
import bowline.protocol.WatchedProtocol;
import bowline.testing.Loopback;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import bowline.testing.MemoryTransport.ProducerState;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsSession;
import bowline.tls.engine.TlsVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Section 33: TLS over any transport.
class TlsLayerTest {
    private final Speaker client = new Speaker();
    private final Speaker server = new Speaker();

    private TlsPair open() {
        return TlsPair.open(client, server);
    }

    @Test
    @DisplayName("TLS-1, TLS-2: what is written before the handshake is through waits, and goes then")
    void connectsAndCarriesBothWays() {
        client.whenMade = it -> it.transport().write("hello");
        var pair = new TlsPair(client, server);
        assertThat(client.told).containsExactly("made");
        assertThat(client.tls().handshakeDone()).isFalse();
        assertThat(client.transport().unsentBytes()).isEqualTo(5);
        pair.wire.flush();
        server.transport().write("welcome");
        pair.wire.flush();
        assertThat(server.received()).isEqualTo("hello");
        assertThat(client.received()).isEqualTo("welcome");
        assertThat(client.told).containsExactly("made", "handshake");
        assertThat(server.told).containsExactly("made", "handshake");
        assertThat(client.tls().session().peerCertificates()).isEqualTo(TlsWorld.SERVER.chain());
        assertThat(server.tls().session().serverName()).isEqualTo(TlsWorld.SERVER_NAME);
        assertThat(client.tls().below()).isSameAs(pair.wire.client());
        assertThat(pair.clientLayer.logPrefix()).isEqualTo("Speaker (TLS)");
        assertThat(pair.clock.delayedCalls()).as("timers").isEmpty();
    }

    @Test
    @DisplayName("TLS-2: nobody knows with whom it is before the handshake is through")
    void tellsWithWhomWhenThatIsKnown() {
        var pair = new TlsPair(client, server);
        var agreed = new ArrayList<TlsSession>();
        Deferred<TlsSession> handshake = client.tls().handshake().onSuccess(agreed::add);
        assertThatThrownBy(() -> client.tls().session()).isInstanceOf(IllegalStateException.class);
        pair.wire.flush();
        assertThat(handshake.called()).isTrue();
        client.tls().handshake().onSuccess(agreed::add);
        assertThat(agreed).containsExactly(client.tls().session(), client.tls().session());
    }

    @Test
    @DisplayName("TLS-1: TLS goes over TLS as over any transport")
    void goesOverItself() {
        client.whenMade = it -> it.transport().write("deep");
        var outerClient = TlsPair.layer(
                TlsPair.layer(client, TlsWorld.client().build()),
                TlsWorld.client().build());
        TlsServerOptions servers = TlsWorld.server().build();
        var outerServer = TlsPair.layer(TlsPair.layer(server, servers), servers);
        Loopback wire = Loopback.connect(outerClient, outerServer);
        wire.flush();
        assertThat(server.received()).isEqualTo("deep");
        server.transport().write("x".repeat(200_000));
        server.transport().loseConnection();
        wire.flush();
        assertThat(client.received()).hasSize(200_000);
        assertThat(client.reason.value()).isInstanceOf(ConnectionDone.class);
        assertThat(outerClient.logPrefix()).isEqualTo("Speaker (TLS) (TLS)");
    }

    // Writing

    @Test
    @DisplayName("TLS-11: what one turn writes becomes one record, and what is long becomes full ones")
    void joinsSmallWritesAndFillsRecords() {
        TlsPair pair = open();
        for (int i = 0; i < 1000; i++) {
            client.transport().write("small ");
        }
        assertThat(client.transport().unsentBytes()).isEqualTo(6000);
        assertThat(records(pair.wire.client().value())).hasSize(1);
        pair.wire.flush();
        assertThat(server.received()).isEqualTo("small ".repeat(1000));
        client.transport().write("head");
        client.transport().writeOwned(ByteBuffer.wrap(new byte[2 * TlsEngine.RECORD_MAX_BYTES]));
        assertThat(client.transport().unsentBytes())
                .as("the rest waits for more")
                .isEqualTo(4);
        assertThat(records(pair.wire.client().value()))
                .hasSize(3)
                .allMatch(length -> length < 100 || length > TlsEngine.RECORD_MAX_BYTES);
        pair.wire.flush();
        assertThat(server.received()).hasSize(6004 + 2 * TlsEngine.RECORD_MAX_BYTES);
    }

    @Test
    @DisplayName("TLS-11: joined is so much and no more before it is enciphered")
    void enciphersWhenEnoughIsJoined() {
        TlsPair pair = open();
        for (int i = 0; i < 64; i++) {
            client.transport().write(new byte[1000]);
        }
        assertThat(client.transport().unsentBytes()).isEqualTo(64_000 % TlsEngine.RECORD_MAX_BYTES);
        assertThat(records(pair.wire.client().value())).hasSize(4);
    }

    @Test
    @DisplayName("TLS-11: what a callback writes is enciphered at its end, without another turn")
    void flushesAtTheEndOfACallback() {
        TlsPair pair = open();
        server.whenReceived = unread -> {
            server.take(unread);
            server.transport().write("one ");
            server.transport().write("two");
            assertThat(server.transport().unsentBytes()).isEqualTo(7);
        };
        client.transport().write("?");
        pair.wire.server().deliver(pair.wire.client().take());
        assertThat(server.transport().unsentBytes()).isZero();
        assertThat(records(pair.wire.server().take())).hasSize(1);
    }

    /// The lengths of the records in it.
    private static List<Integer> records(byte[] bytes) {
        var lengths = new ArrayList<Integer>();
        for (int at = 0; at < bytes.length; at += 5 + lengths.getLast()) {
            lengths.add((bytes[at + 3] & 0xff) << 8 | bytes[at + 4] & 0xff);
        }
        return lengths;
    }

    @Test
    @DisplayName("TLS-2: so much may wait for the handshake and no more")
    void boundsWhatWaitsForTheHandshake() {
        TlsClientOptions few = TlsWorld.client()
                .limits(TlsLimits.DEFAULT.outboundMaxBytes(1000))
                .build();
        var pair = new TlsPair(client, server, few, TlsWorld.server().build());
        client.transport().write(new byte[1000]);
        assertThat(pair.wire.client().disconnected()).isFalse();
        client.transport().write(new byte[1]);
        client.transport().write(new byte[1]);
        pair.wire.flush();
        assertThat(client.reason.value())
                .isInstanceOf(ConnectionLost.class)
                .hasMessageContaining("outboundMaxBytes = 1000");
    }

    @Test
    void sendsAFileBetweenOtherBytes(@TempDir Path folder) throws IOException {
        Path path = Files.write(folder.resolve("file"), new byte[300_000]);
        var sent = new ArrayList<Long>();
        client.whenMade = it -> {
            try {
                it.transport().write("before ");
                it.transport().sendFile(FileChannel.open(path), 10, 200_000).onSuccess(sent::add);
                it.transport().write(" behind");
                assertThat(it.transport().unsentBytes()).isEqualTo(200_014);
                it.transport().loseConnection();
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
        };
        TlsPair pair = open();
        assertThat(sent).containsExactly(200_000L);
        assertThat(server.received()).hasSize(200_014).startsWith("before ").endsWith(" behind");
        assertThat(server.reason.value()).isInstanceOf(ConnectionDone.class);
        assertThat(pair.wire.client().producer()).isNull();
    }

    // Producers

    /// Notes what it is told.
    private static final class Noted implements PushProducer {
        final List<String> told = new ArrayList<>();

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
    }

    @Test
    @DisplayName("TLS-13, PRO-4: a producer waits while too much waits for the handshake, and goes on after it")
    void pausesProducersUntilTheHandshakeIsThrough() {
        var producer = new Noted();
        client.whenMade = it -> {
            it.transport().registerProducer(producer);
            it.transport().write(new byte[65_536]);
            assertThat(producer.told).isEmpty();
            it.transport().write(new byte[1]);
            it.transport().write(new byte[1]);
            assertThat(producer.told).containsExactly("pause");
        };
        var pair = new TlsPair(client, server);
        while (pair.wire.pump() && server.received().length() < 65_538) {
            // until all is there
        }
        assertThat(producer.told).containsExactly("pause", "resume");
        assertThat(server.received()).hasSize(65_538);
        client.transport().unregisterProducer();
        assertThat(pair.wire.client().producer()).isNull();
    }

    @Test
    @DisplayName("TLS-13, PRO-7: the transport below pauses it too, and a lost connection stops it")
    void passesOnWhatTheTransportBelowSays() {
        TlsPair pair = open();
        var producer = new Noted();
        client.transport().registerProducer(producer);
        assertThatThrownBy(() -> client.transport().registerProducer(new Noted()))
                .isInstanceOf(IllegalStateException.class);
        var flow = (PushProducer) pair.wire.client().producer();
        flow.pauseProducing();
        flow.resumeProducing();
        pair.wire.client().close(ConnectionLost.FAILURE);
        client.transport().registerProducer(producer);
        assertThat(producer.told).containsExactly("pause", "resume", "stop", "stop");
    }

    @Test
    @DisplayName("TLS-9, PRO-8: a close waits for the producer, whose bytes still go")
    void waitsForTheProducerToClose() {
        TlsPair pair = open();
        var producer = new Noted();
        client.transport().registerProducer(producer);
        client.transport().loseConnection();
        client.transport().write("made late");
        client.transport().unregisterProducer();
        client.transport().write("too late");
        pair.wire.flush();
        assertThat(server.received()).isEqualTo("made late");
        assertThat(client.reason.value()).isInstanceOf(ConnectionDone.class);
        assertThat(producer.told).isEmpty();
    }

    // Reading

    @Test
    @DisplayName("PRO-9: paused, nothing is deciphered; resumed, what is left is shown on a later turn")
    void pausesAndResumes() {
        TlsPair pair = open();
        server.transport().pauseProducing();
        assertThat(pair.wire.server().producerState()).isEqualTo(ProducerState.PAUSED);
        client.transport().write("wait");
        pair.wire.flush();
        assertThat(server.received()).isEmpty();
        server.transport().resumeProducing();
        assertThat(server.received()).isEmpty();
        pair.wire.flush();
        assertThat(server.received()).isEqualTo("wait");
    }

    @Test
    @DisplayName("PRO-9: the handshake goes on though the protocol wants no data yet")
    void shakesHandsWhilePaused() {
        server.whenMade = it -> it.transport().pauseProducing();
        client.whenMade = it -> it.transport().write("patience");
        TlsPair pair = open();
        assertThat(server.tls().handshakeDone()).isTrue();
        assertThat(server.received()).isEmpty();
        server.transport().resumeProducing();
        pair.wire.flush();
        assertThat(server.received()).isEqualTo("patience");
    }

    @Test
    @DisplayName("architecture, decision 2: what is left unread comes back in front of what is new, or when resumed")
    void keepsWhatIsLeft() {
        TlsPair pair = open();
        var shown = new ArrayList<String>();
        server.whenReceived = unread -> {
            shown.add(Ascii.text(unread.duplicate()));
            assertThat(server.transport().unreadBytes()).isEqualTo(unread.remaining());
            unread.get();
            assertThat(server.transport().unreadBytes()).isEqualTo(unread.remaining());
        };
        client.transport().write("abc");
        pair.wire.flush();
        assertThat(server.transport().unreadBytes()).isEqualTo(2);
        client.transport().write("d");
        pair.wire.flush();
        server.transport().pauseProducing();
        server.transport().resumeProducing();
        pair.clock.advance(Duration.ZERO);
        assertThat(shown).containsExactly("abc", "bcd", "cd");
    }

    @Test
    void joinsRecordsThatCameTogether() {
        TlsPair pair = open();
        var shown = new ArrayList<Integer>();
        server.whenReceived = unread -> {
            shown.add(unread.remaining());
            server.take(unread);
        };
        for (int i = 0; i < 5; i++) {
            client.transport().write(new byte[1000]);
            assertThat(pair.wire.client().value()).hasSizeGreaterThan(i * 1000); // which ends a turn
        }
        pair.wire.flush();
        assertThat(shown).containsExactly(5000);
    }

    @Test
    @DisplayName("G1: so much may be left unread and no more")
    void boundsWhatIsLeft() {
        TlsServerOptions few =
                TlsWorld.server().limits(TlsLimits.DEFAULT.unreadMaxBytes(1000)).build();
        server.whenReceived = _ -> {};
        var pair = new TlsPair(client, server, TlsWorld.client().build(), few);
        pair.wire.flush();
        client.transport().write(new byte[1000]);
        pair.wire.flush();
        assertThat(server.reason).isNull();
        client.transport().write(new byte[1]);
        pair.wire.flush();
        assertThat(server.reason.value())
                .isInstanceOf(ConnectionLost.class)
                .hasMessageContaining("unreadMaxBytes = 1000");
    }

    // Endings

    @Test
    @DisplayName("TLS-9, TLS-10: a close is told by close_notify, and both ends are orderly")
    void closesInGoodOrder() {
        TlsPair pair = open();
        client.transport().write("bye");
        client.transport().loseConnection();
        client.transport().write("too late");
        assertThat(client.transport().disconnecting()).isTrue();
        pair.wire.flush();
        assertThat(server.received()).isEqualTo("bye");
        assertThat(server.reason.value()).isInstanceOf(ConnectionDone.class);
        assertThat(client.reason.value()).isInstanceOf(ConnectionDone.class);
        assertThat(pair.clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("TLS-9: the peer's close_notify is waited for so long and no longer")
    void waitsForTheAnswerToAClose() {
        TlsPair pair = open();
        client.transport().loseConnection();
        pair.wire.client().take();
        pair.clock.advance(Duration.ofMillis(4999));
        assertThat(pair.wire.client().disconnecting()).isFalse();
        pair.clock.advance(Duration.ofMillis(1));
        assertThat(pair.wire.client().disconnecting()).isTrue();
        pair.wire.client().close();
        assertThat(client.reason.value()).isInstanceOf(ConnectionDone.class);
        assertThat(pair.clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("TRA-7: a peer may read slowly what was written before a close")
    void waitsForASlowReaderToClose() {
        var unsent = new long[] {1000};
        var transport = new MemoryTransport() {
            @Override
            public long unsentBytes() {
                return unsent[0];
            }
        };
        var engine = new PlainEngine();
        transport.connectTo(TlsPair.layer(
                client, TlsWorld.client().provider(PlainEngine.provider(engine)).build()));
        transport.deliver(PlainEngine.record("H"));
        client.transport().loseConnection();
        var clock = (ManualClock) transport.clock();
        clock.advance(Duration.ofMinutes(10));
        assertThat(transport.disconnecting()).isFalse();
        unsent[0] = 0;
        clock.advance(Duration.ofSeconds(5));
        assertThat(transport.disconnecting()).isTrue();
        clock.advance(Duration.ofMinutes(10));
        assertThat(transport.disconnected()).isFalse();
    }

    @Test
    @DisplayName("TLS-9: a peer that answers a close by closing its transport has ended it too")
    void takesTheEndOfTheTransportForAnAnswer() {
        TlsPair pair = open();
        client.transport().loseConnection();
        pair.wire.client().deliverEnd();
        assertThat(client.reason.value()).isInstanceOf(ConnectionDone.class);
    }

    @Test
    @DisplayName("TLS-9, TRA-5: after a close what still comes is not shown")
    void showsNothingAfterAClose() {
        TlsPair pair = open();
        server.transport().write("crossing");
        client.transport().loseConnection();
        pair.wire.flush();
        assertThat(client.received()).isEmpty();
        assertThat(client.reason.value()).isInstanceOf(ConnectionDone.class);
    }

    @Test
    @DisplayName("TLS-9: a close before the handshake is through aborts if nothing was written, else it goes on first")
    void closesBeforeTheHandshake() {
        client.whenMade = it -> it.transport().loseConnection();
        TlsPair pair = open();
        assertThat(client.reason.value()).isInstanceOf(ConnectionAborted.class);
        assertThat(server.reason.value()).isInstanceOf(ConnectionLost.class);
        assertThat(pair.clock.delayedCalls()).isEmpty();
        var other = new TlsLayerTest();
        other.client.whenMade = it -> {
            it.transport().write("only this");
            it.transport().loseConnection();
        };
        other.open();
        assertThat(other.server.received()).isEqualTo("only this");
        assertThat(other.client.reason.value()).isInstanceOf(ConnectionDone.class);
    }

    @Test
    @DisplayName("TLS-10: a stream that ends without close_notify was cut off")
    void tellsTruncation() {
        TlsPair pair = open();
        server.transport().write("pay 1000");
        pair.wire.flush();
        pair.wire.client().deliverEnd();
        assertThat(client.received()).isEqualTo("pay 1000");
        assertThat(client.reason).isSameAs(TlsTruncated.FAILURE);
        assertThat(client.reason.value()).isInstanceOf(ConnectionLost.class);
    }

    @Test
    @DisplayName("TLS-10: half a connection that is cut off is cut off")
    void tellsTruncationToThoseWhoCanGoOnByHalves() {
        var half = new Speaker.Half();
        TlsPair pair = TlsPair.open(half, new Speaker.Half());
        half.transport().loseWriteConnection();
        pair.wire.flush();
        pair.wire.client().deliverEnd();
        assertThat(half.told).doesNotContain("read lost");
        assertThat(half.reason).isSameAs(TlsTruncated.FAILURE);
    }

    @Test
    @DisplayName("TRA-9, TRA-10: half a connection goes on, each way")
    void goesOnByHalves() {
        var one = new Speaker.Half();
        var other = new Speaker.Half();
        TlsPair pair = TlsPair.open(one, other);
        one.transport().write("question");
        one.transport().loseWriteConnection();
        one.transport().write("?");
        pair.wire.flush();
        assertThat(one.told).containsExactly("made", "handshake", "write lost");
        assertThat(other.told).containsExactly("made", "handshake", "read lost");
        one.transport().write("dropped");
        other.transport().write("answer to " + other.received());
        pair.wire.flush();
        other.transport().loseWriteConnection();
        pair.wire.flush();
        assertThat(one.received()).isEqualTo("answer to question?");
        assertThat(one.told).containsExactly("made", "handshake", "write lost", "read lost", "lost ConnectionDone");
        assertThat(other.told).containsExactly("made", "handshake", "read lost", "write lost", "lost ConnectionDone");
    }

    @Test
    @DisplayName("TLS-6, TRA-10: in TLS 1.2 the end of one direction is the end of both (RFC 5246 §7.2.1)")
    void endsBothDirectionsInTls12() {
        TlsClientOptions old =
                TlsWorld.client().versions(TlsWorld.only(TlsVersion.TLS_1_2)).build();
        var one = new Speaker.Half();
        var other = new Speaker.Half();
        var pair = new TlsPair(one, other, old, TlsWorld.server().build());
        pair.wire.flush();
        assertThat(one.tls().session().version()).isEqualTo(TlsVersion.TLS_1_2);
        one.transport().write("question");
        one.transport().loseWriteConnection();
        pair.wire.flush();
        assertThat(other.received()).isEqualTo("question");
        assertThat(one.told).endsWith("write lost", "read lost", "lost ConnectionDone");
        assertThat(other.told).endsWith("read lost", "lost ConnectionDone");
        assertThat(pair.clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("TLS-16: a second connection of the same options goes on with the session of the first")
    void resumes() {
        TlsClientOptions clients = TlsWorld.client().build();
        TlsServerOptions servers = TlsWorld.server().build();
        var resumed = new ArrayList<Boolean>();
        for (int i = 0; i < 2; i++) {
            var asker = new Speaker();
            var pair = new TlsPair(asker, new Speaker(), clients, servers);
            pair.wire.flush();
            asker.transport().loseConnection();
            pair.wire.flush();
            resumed.add(asker.tls().session().resumed());
        }
        assertThat(resumed).containsExactly(false, true);
    }

    @Test
    @DisplayName("TRA-10: the transport of a peer that has ended its half may end too, and ours is still open")
    void goesOnWhenTheTransportHasEndedOneHalf() {
        var half = new Speaker.Half();
        TlsPair pair = TlsPair.open(client, half);
        client.transport().loseConnection();
        pair.wire.server().deliver(pair.wire.client().take());
        pair.wire.server().deliverEnd();
        assertThat(half.told).containsExactly("made", "handshake", "read lost");
        half.transport().write("last words");
        half.transport().loseConnection();
        pair.wire.client().deliver(pair.wire.server().take());
        assertThat(pair.wire.server().disconnecting()).isTrue();
    }

    @Test
    @DisplayName("PRO-9: the end comes when what was left before it has been shown")
    void tellsTheEndAfterWhatIsPaused() {
        server.whenReceived = unread -> {
            server.take(unread);
            server.transport().pauseProducing();
        };
        TlsPair pair = open();
        client.transport().write("last");
        client.transport().loseConnection();
        pair.wire.server().deliver(pair.wire.client().take());
        assertThat(server.received()).isEqualTo("last");
        assertThat(server.transport().connected() && !pair.wire.server().disconnecting())
                .isTrue();
        server.transport().resumeProducing();
        pair.clock.advance(Duration.ZERO);
        assertThat(pair.wire.server().disconnecting()).isTrue();
    }

    @Test
    @DisplayName("TLS-12: an abort aborts the transport below")
    void abortsBelow() {
        TlsPair pair = open();
        client.transport().write("never sent");
        client.transport().abortConnection();
        client.transport().abortConnection();
        assertThat(pair.wire.client().disconnected()).isTrue();
        assertThat(client.reason).isNull();
        pair.wire.flush();
        assertThat(client.reason.value()).isInstanceOf(ConnectionAborted.class);
        assertThat(server.reason.value()).isInstanceOf(ConnectionLost.class);
        assertThat(server.received()).isEmpty();
    }

    @Test
    @DisplayName("TRA-20: what a protocol throws reaches the transport below")
    void letsExceptionsPass() {
        TlsPair pair = open();
        server.whenReceived = _ -> {
            throw new IllegalArgumentException("boo?");
        };
        client.transport().write("boo");
        assertThatThrownBy(() -> pair.wire.flush()).hasMessage("boo?");
    }

    @Test
    @DisplayName("G6: a handshake has so much time and no more")
    void boundsTheTimeOfAHandshake() {
        var clock = new ManualClock();
        MemoryTransport transport = TlsPair.alone(client, clock);
        clock.advance(Duration.ofMillis(9_999));
        assertThat(transport.disconnected()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(transport.disconnected()).isTrue();
        transport.close(ConnectionAborted.FAILURE);
        assertThat(client.reason.value()).isInstanceOf(TlsError.class).hasMessageContaining("handshakeTimeout");
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("TLS-3: a peer that does not speak TLS is told from one that does")
    void knowsWhatIsNoTls() {
        MemoryTransport transport = TlsPair.alone(client, new ManualClock());
        transport.deliver("HTTP/1.1 400 Bad Request\r\n\r\n");
        assertThat(transport.disconnecting()).isTrue();
        transport.close();
        assertThat(client.reason.value()).isInstanceOf(TlsError.class).hasMessageContaining("HTTP/1.1 400");
    }

    @Test
    @DisplayName("TLS-3, TLS-4: a server that nobody trusts is refused by the client, and hears why")
    void refusesStrangers() {
        TlsClientOptions suspicious = TlsClientOptions.forHost(TlsWorld.SERVER_NAME)
                .trust(TlsWorld.STRANGER.trust())
                .build();
        client.whenMade = it -> it.transport().write("secret");
        var pair = new TlsPair(client, server, suspicious, TlsWorld.server().build());
        List<String> reasons = new ArrayList<>();
        client.tls().handshake().addErrback(failure -> {
            reasons.add(failure.message());
            return null;
        });
        pair.wire.flush();
        assertThat(client.told).containsExactly("made", "lost TlsError");
        assertThat(server.told).containsExactly("made", "lost TlsError");
        assertThat(((TlsError) server.reason.value()).fault().alert()).isNotNull();
        assertThat(server.received()).isEmpty();
        assertThat(reasons).containsExactly(client.reason.message());
        assertThat(pair.clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("TLS-1 of security: a server that is somebody else is refused")
    void refusesOtherNames() {
        TlsClientOptions other = TlsWorld.client().build().toHost("other.test");
        var pair = new TlsPair(client, server, other, TlsWorld.server().build());
        pair.wire.flush();
        assertThat(client.reason.value()).isInstanceOf(TlsError.class).hasMessageContaining("other.test");
    }

    @Test
    @DisplayName("G1: a handshake has so many bytes and no more")
    void boundsTheBytesOfAHandshake() {
        TlsClientOptions few = TlsWorld.client()
                .limits(TlsLimits.DEFAULT.handshakeMaxBytes(200))
                .build();
        var pair = new TlsPair(client, server, few, TlsWorld.server().build());
        pair.wire.flush();
        assertThat(client.reason.value()).isInstanceOf(TlsError.class).hasMessageContaining("handshakeMaxBytes = 200");
    }

    @Test
    @DisplayName("TLS-2: a listener is told whatever stands between it and TLS, and of its own handshake only")
    void tellsListenersInsideOfOtherLayers() {
        var between = new ProtocolWrapper<>(WatchedProtocol.of(client, new WatchedProtocol.Watcher<Protocol>() {
            @Override
            public void connectionMade(Protocol protocol) {}

            @Override
            public void connectionLost(Protocol protocol, Failure reason) {}
        }));
        TlsServerOptions servers = TlsWorld.server().build();
        var clientSide = TlsPair.layer(
                TlsPair.layer(between, TlsWorld.client().build()),
                TlsWorld.client().build());
        Loopback.connect(clientSide, TlsPair.layer(TlsPair.layer(server, servers), servers))
                .flush();
        assertThat(client.told).containsExactly("made", "handshake");
        assertThat(server.told).containsExactly("made", "handshake");
        assertThat(Tls.below(client.transport()).handshakeDone()).isTrue();
        assertThat(Tls.below(new MemoryTransport())).isNull();
    }

    @Test
    @DisplayName("TLS-1: the upper side is a transport like others")
    void looksLikeATransport() {
        TlsPair pair = open();
        Transport above = client.transport();
        assertThat(above.peer()).isEqualTo(pair.wire.client().peer());
        assertThat(above.host()).isEqualTo(pair.wire.client().host());
        assertThat(above.clock()).isSameAs(pair.clock);
        client.tls().tcpNoDelay(true);
        assertThat(pair.wire.client().tcpNoDelay()).isTrue();
    }
}
