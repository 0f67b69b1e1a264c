package bowline.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.tls.engine.TlsEnd;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsEngine.Need;
import bowline.tls.engine.TlsPair;
import bowline.tls.engine.TlsVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Records, keys and the end of connections.
class OpenConnectionTest {
    private static final int REQUESTED = 1;
    private static final int NOT_REQUESTED = 0;

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void directBuffersAreReadAndWrittenInPlace(TlsVersion version) throws Exception {
        long seed = System.nanoTime();
        TlsPair pair = Setup.with(version).pair().shakeHands();
        byte[] text = new byte[40_000];
        new Random(seed).nextBytes(text);
        ByteBuffer plain = ByteBuffer.allocateDirect(text.length + 7).position(7);
        plain.duplicate().put(text);
        ByteBuffer room = ByteBuffer.allocateDirect(60_000).position(3);
        ByteBuffer records = ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES + 11);
        while (plain.hasRemaining()) {
            records.clear().position(11);
            pair.client.engine.encipher(plain, records);
            records.flip().position(11);
            assertThat(pair.server.engine.decipher(records, room)).isTrue();
            assertThat(records.hasRemaining()).isFalse();
        }
        byte[] got = new byte[room.position() - 3];
        room.get(3, got);

        assertThat(got).as("seed %d", seed).isEqualTo(text);
    }

    @Test
    void readOnlyTextIsTaken() throws Exception {
        TlsPair pair = new Setup().pair().shakeHands();
        ByteBuffer text =
                ByteBuffer.wrap("constant".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
        ByteBuffer records = ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES);
        pair.client.engine.encipher(text, records);
        pair.server.arrive(records.array(), 0, records.position());
        pair.settle();

        assertThat(text.hasRemaining()).isFalse();
        assertThat(pair.server.text()).isEqualTo("constant");
    }

    @Test
    void theLongestRecordIsOne() throws Exception {
        TlsPair pair = new Setup().pair().shakeHands();
        int before = pair.client.sent.size();
        pair.client.write(new byte[TlsEngine.RECORD_MAX_BYTES]);
        pair.settle();

        assertThat(pair.client.sent).hasSize(before + 1);
        assertThat(pair.server.plain.size()).isEqualTo(TlsEngine.RECORD_MAX_BYTES);
    }

    // KeyUpdate

    @Test
    @DisplayName("RFC 8446 §4.6.3: keys are renewed while text goes both ways")
    void keysAreRenewed() throws Exception {
        TlsPair pair = Setup.with(TlsVersion.TLS_1_3).pair().shakeHands();
        for (int i = 0; i < 10; i++) {
            Setup.engine(pair.client).updateKey(i % 2 == 0 ? REQUESTED : NOT_REQUESTED);
            pair.client.write("a" + i);
            pair.settle();
            Setup.engine(pair.server).updateKey(REQUESTED);
            pair.server.write("b" + i);
            pair.settle();
        }

        assertThat(pair.server.text()).isEqualTo("a0a1a2a3a4a5a6a7a8a9");
        assertThat(pair.client.text()).isEqualTo("b0b1b2b3b4b5b6b7b8b9");
    }

    @Test
    void aKeyIsRenewedAfterSoManyRecords() throws Exception {
        TlsPair pair = Setup.with(TlsVersion.TLS_1_3).pair().shakeHands();
        Setup.engine(pair.client).recordsLeftOfKey(3);
        int[] bytes = new int[5];
        for (int i = 0; i < bytes.length; i++) {
            int before = pair.client.sentBytes();
            pair.client.write("same");
            pair.settle();
            bytes[i] = pair.client.sentBytes() - before;
        }

        assertThat(bytes[2]).isGreaterThan(bytes[1]);
        assertThat(bytes).containsExactly(bytes[0], bytes[0], bytes[2], bytes[0], bytes[0]);
        assertThat(pair.server.text()).isEqualTo("samesamesamesamesame");
    }

    // The end

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("TLS-9, TLS-10: close_notify from the client, then from the server")
    void bothSidesEndInOrder(TlsVersion version) throws Exception {
        TlsPair pair = Setup.with(version).pair().shakeHands();
        pair.client.write("last words");
        pair.client.go();
        pair.client.engine.endOutput();
        assertThat(pair.client.engine.need()).isEqualTo(Need.OUTPUT);
        pair.settle();

        assertThat(pair.server.text()).isEqualTo("last words");
        assertThat(pair.server.engine.inputEnded()).isTrue();
        if (version == TlsVersion.TLS_1_3) {
            assertThat(pair.server.engine.need()).isEqualTo(Need.NOTHING);
            pair.server.write("an answer all the same");
            pair.settle();
            assertThat(pair.client.text()).isEqualTo("an answer all the same");
            assertThat(pair.client.engine.inputEnded()).isFalse();
            pair.server.engine.endOutput();
            pair.settle();
        }
        assertThat(pair.client.engine.inputEnded()).isTrue();
        assertThat(pair.client.engine.need()).isEqualTo(Need.CLOSED);
        assertThat(pair.server.engine.need()).isEqualTo(Need.CLOSED);
        assertThat(pair.client.fault).isNull();
        assertThat(pair.server.fault).isNull();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void bothSidesMayEndAtTheSameTime(TlsVersion version) throws Exception {
        TlsPair pair = Setup.with(version).pair().shakeHands();
        pair.client.engine.endOutput();
        pair.server.engine.endOutput();
        pair.server.engine.endOutput();
        pair.settle();

        assertThat(pair.client.engine.need()).isEqualTo(Need.CLOSED);
        assertThat(pair.server.engine.need()).isEqualTo(Need.CLOSED);
    }

    @Test
    void ticketsAndNewKeysAreTakenByWhoHasEnded() throws Exception {
        Setup setup = Setup.with(TlsVersion.TLS_1_3);
        setup.resumption = true;
        TlsPair pair = setup.pair();
        pair.client.go();
        pair.settle();
        pair.client.engine.endOutput();
        pair.settle();
        Setup.engine(pair.server).updateKey(REQUESTED);
        pair.server.write("still here");
        pair.settle();

        assertThat(pair.client.text()).isEqualTo("still here");
        assertThat(pair.client.fault).isNull();
    }

    @Test
    void beforeTheHandshakeIsDoneTheEndIsTheEnd() throws Exception {
        var client = new TlsEnd(new Setup().clientEngine());
        client.go();
        client.engine.endOutput();

        assertThat(client.engine.need()).isEqualTo(Need.CLOSED);
    }

    @Test
    void nothingIsSentAfterTheEnd() throws Exception {
        TlsPair pair = new Setup().pair().shakeHands();
        pair.client.engine.endOutput();
        pair.settle();
        ByteBuffer late = ByteBuffer.wrap(new byte[3]);
        ByteBuffer records = ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES);
        pair.client.engine.encipher(late, records);

        assertThat(late.remaining()).isEqualTo(3);
        assertThat(records.position()).isZero();
    }

    @Test
    void aClosedEngineSaysSo() throws Exception {
        TlsPair pair = new Setup().pair().shakeHands();
        pair.client.engine.close();
        pair.client.engine.close();

        assertThatThrownBy(() -> pair.client.engine.encipher(ByteBuffer.allocate(1), ByteBuffer.allocate(20_000)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pair.client.engine.decipher(ByteBuffer.allocate(1), ByteBuffer.allocate(20_000)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(pair.client.engine::endOutput).isInstanceOf(IllegalStateException.class);
    }

    // Secrets

    @Test
    @DisplayName("TLS-16: lines as SSLKEYLOGFILE has them, the same at both ends")
    void secretsAreTold() throws Exception {
        List<String> atClient = Collections.synchronizedList(new ArrayList<>());
        List<String> atServer = Collections.synchronizedList(new ArrayList<>());
        var clientSetup = new Setup();
        clientSetup.keyLog = atClient::add;
        var serverSetup = new Setup();
        serverSetup.keyLog = atServer::add;
        TlsPair.of(clientSetup.clientEngine(), serverSetup.serverEngine()).shakeHands();

        assertThat(atClient).containsExactlyInAnyOrderElementsOf(atServer);
        assertThat(atClient)
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .contains("CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0");
    }
}
