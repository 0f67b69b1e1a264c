package bowline.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Plain text in and out, of any size, in any buffer, cut anywhere.
abstract class RecordContract extends CertificateContract {

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void carriesPlainTextBothWays(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version));
        pair.client.write("early, so it waits");
        pair.server.write("early too");
        pair.shakeHands();
        pair.server.write(", and an answer");
        pair.settle();

        assertThat(pair.server.text()).isEqualTo("early, so it waits");
        assertThat(pair.client.text()).isEqualTo("early too, and an answer");
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("semantics TLS-11: what is long goes in full records")
    void carriesMuch(TlsVersion version) throws Exception {
        byte[] much = bytes(1_000_003);
        TlsPair pair = pair(only(version)).shakeHands();
        int handshake = pair.client.sent.size();
        pair.client.write(much);
        pair.settle();

        assertThat(pair.server.plain.toByteArray()).isEqualTo(much);
        assertThat(pair.client.sent)
                .hasSize(handshake + (much.length + TlsEngine.RECORD_MAX_BYTES - 1) / TlsEngine.RECORD_MAX_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 1000, TlsEngine.RECORD_MAX_BYTES - 1, TlsEngine.RECORD_MAX_BYTES})
    void makesOneRecordOfWhatFitsIntoOne(int size) throws Exception {
        for (TlsVersion version : TlsVersion.values()) {
            TlsPair pair = pair(only(version)).shakeHands();
            int handshake = pair.server.sent.size();
            pair.server.write(bytes(size));
            pair.settle();

            assertThat(pair.server.sent).hasSize(handshake + 1);
            assertThat(pair.client.plain.toByteArray()).isEqualTo(bytes(size));
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void takesNoMoreThanARecordAtATime(TlsVersion version) throws Exception {
        TlsEngine engine = pair(only(version)).shakeHands().client.engine;
        ByteBuffer plain = ByteBuffer.wrap(bytes(40_000)).asReadOnlyBuffer();
        ByteBuffer records = ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES);
        engine.encipher(plain, records);

        assertThat(plain.position()).isEqualTo(TlsEngine.RECORD_MAX_BYTES);
        assertThat(plain.limit()).isEqualTo(40_000);
        assertThat(records.position()).isBetween(TlsEngine.RECORD_MAX_BYTES, TlsEngine.PACKET_MAX_BYTES);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void worksInBuffersOfAnyKindAtAnyPlace(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version));
        ByteBuffer room =
                ByteBuffer.allocateDirect(TlsEngine.PACKET_MAX_BYTES + 13).position(13);
        ByteBuffer records = ByteBuffer.allocate(3 * TlsEngine.PACKET_MAX_BYTES)
                .position(7)
                .limit(2 * TlsEngine.PACKET_MAX_BYTES)
                .slice()
                .position(3);
        pair.server.with(room, records);
        pair.client.with(
                ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES + 1).position(1),
                ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES + 77).position(77));
        pair.shakeHands();
        pair.client.write(bytes(50_000));
        pair.server.write(bytes(60_000));
        pair.settle();

        assertThat(pair.server.plain.toByteArray()).isEqualTo(bytes(50_000));
        assertThat(pair.client.plain.toByteArray()).isEqualTo(bytes(60_000));
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void takesPlainTextFromADirectBuffer(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version)).shakeHands();
        ByteBuffer plain = ByteBuffer.allocateDirect(20_000).put(bytes(20_000)).flip();
        ByteBuffer records = ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES);
        while (plain.hasRemaining()) {
            pair.client.engine.encipher(plain, records.clear());
            pair.server.arrive(records.array(), 0, records.position());
            pair.server.go();
        }

        assertThat(pair.server.plain.toByteArray()).isEqualTo(bytes(20_000));
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void saysThatThereIsTooLittleRoom(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version)).shakeHands();
        ByteBuffer plain = ByteBuffer.wrap(bytes(100));

        assertThatThrownBy(() -> pair.client.engine.encipher(plain, ByteBuffer.allocate(50)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("50");
        ByteBuffer records = ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES);
        pair.client.engine.encipher(plain, records);
        assertThatThrownBy(() -> pair.server.engine.decipher(records.flip(), ByteBuffer.allocate(50)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("50");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100, 1000})
    @DisplayName("cut anywhere, it comes to the same")
    void isCutAtEveryByte(int pieceBytes) throws Exception {
        for (TlsVersion version : TlsVersion.values()) {
            SettingsForTests settings = only(version).resumption(true);
            TlsPair pair = TlsPair.cut(
                    client(settings).engine("server.test", PEER),
                    server(settings).engine(),
                    pieceBytes);
            pair.client.write(bytes(3000));
            pair.shakeHands();
            pair.server.write(bytes(4000));
            pair.settle();
            pair.server.engine.endOutput();
            pair.settle();

            assertThat(pair.server.plain.toByteArray()).isEqualTo(bytes(3000));
            assertThat(pair.client.plain.toByteArray()).isEqualTo(bytes(4000));
            assertThat(pair.client.engine.inputEnded()).isTrue();
        }
    }

    @Test
    void leavesWhatIsNoWholeRecord() throws Exception {
        TlsPair pair = pair(new SettingsForTests()).shakeHands();
        ByteBuffer records = ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES);
        pair.client.engine.encipher(ByteBuffer.wrap("whole".getBytes(StandardCharsets.US_ASCII)), records);
        records.flip();
        ByteBuffer room = ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES);
        ByteBuffer cut = records.duplicate().limit(records.limit() - 1);

        assertThat(pair.server.engine.decipher(cut, room)).isFalse();
        assertThat(cut.position()).isZero();
        assertThat(pair.server.engine.decipher(records, room)).isTrue();
        assertThat(room.position()).isEqualTo(5);
        assertThat(records.hasRemaining()).isFalse();
    }
}
