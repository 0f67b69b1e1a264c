package bowline.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `close_notify`, in whatever order, and its absence (semantics TLS-9, TLS-10; rule TLS-5).
abstract class CloseContract extends RecordContract {

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void endsWhenBothHaveSaidSo(TlsVersion version) throws Exception {
        for (boolean clientFirst : new boolean[] {true, false}) {
            TlsPair pair = pair(only(version)).shakeHands();
            TlsEnd first = clientFirst ? pair.client : pair.server;
            TlsEnd second = clientFirst ? pair.server : pair.client;
            first.write("the last word");
            pair.settle();
            first.engine.endOutput();
            assertThat(first.engine.need()).isEqualTo(TlsEngine.Need.OUTPUT);
            pair.settle();

            assertThat(second.text()).isEqualTo("the last word");
            assertThat(second.engine.inputEnded()).isTrue();
            second.engine.endOutput();
            pair.settle();

            assertThat(first.engine.inputEnded()).isTrue();
            assertThat(first.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
            assertThat(second.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
            assertThat(first.fault).isNull();
            assertThat(second.fault).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void endsWhenBothSaySoAtOnce(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version)).shakeHands();
        pair.client.engine.endOutput();
        pair.server.engine.endOutput();
        pair.settle();

        for (TlsEnd end : List.of(pair.client, pair.server)) {
            assertThat(end.engine.inputEnded()).isTrue();
            assertThat(end.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
            assertThat(end.fault).isNull();
        }
    }

    @Test
    @DisplayName("in TLS 1.3 each direction ends by itself (RFC 8446 §6.1)")
    void goesOnInTheOtherDirection() throws Exception {
        for (boolean clientFirst : new boolean[] {true, false}) {
            TlsPair pair = pair(only(TlsVersion.TLS_1_3)).shakeHands();
            TlsEnd silent = clientFirst ? pair.client : pair.server;
            TlsEnd talking = clientFirst ? pair.server : pair.client;
            silent.engine.endOutput();
            pair.settle();
            assertThat(talking.engine.inputEnded()).isTrue();
            assertThat(talking.engine.need()).isEqualTo(TlsEngine.Need.NOTHING);
            talking.write("x".repeat(40_000));
            pair.settle();

            assertThat(silent.text()).hasSize(40_000);
            assertThat(silent.engine.inputEnded()).isFalse();
            talking.engine.endOutput();
            pair.settle();
            assertThat(silent.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
            assertThat(talking.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
        }
    }

    @Test
    @DisplayName("in TLS 1.2 who is told goodbye says it too, at once (RFC 5246 §7.2.1)")
    void endsBothDirectionsInTls12() throws Exception {
        TlsPair pair = pair(only(TlsVersion.TLS_1_2)).shakeHands();
        pair.client.engine.endOutput();
        pair.settle();

        assertThat(pair.server.engine.inputEnded()).isTrue();
        assertThat(pair.client.engine.inputEnded()).isTrue();
        assertThat(pair.server.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
        assertThat(pair.client.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void takesNoPlainTextAfterTheEnd(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version)).shakeHands();
        pair.client.engine.endOutput();
        ByteBuffer late = ByteBuffer.wrap(new byte[] {1, 2, 3});
        ByteBuffer records = ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES);
        pair.client.engine.encipher(late, records);
        int goodbye = records.position();
        pair.client.engine.encipher(late, records);

        assertThat(late.position()).isZero();
        assertThat(goodbye).isPositive();
        assertThat(records.position()).isEqualTo(goodbye);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("TLS-5: bytes that just stop are no end")
    void doesNotTakeSilenceForTheEnd(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version)).shakeHands();
        pair.client.write("half a sent");
        pair.settle();

        assertThat(pair.server.engine.inputEnded()).isFalse();
        assertThat(pair.server.engine.need()).isEqualTo(TlsEngine.Need.NOTHING);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void ignoresWhatComesAfterTheEnd(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version)).shakeHands();
        pair.client.engine.endOutput();
        pair.settle();
        pair.server.arrive(new byte[] {23, 3, 3, 0, 3, 1, 2, 3});
        pair.server.go();

        assertThat(pair.server.fault).isNull();
        assertThat(pair.server.plain.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void mayGiveUpBeforeTheHandshakeIsDone(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version));
        pair.client.go();
        pair.client.engine.endOutput();
        pair.settle();

        assertThat(pair.client.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
        assertThat(pair.client.engine.handshakeDone()).isFalse();
        assertThat(pair.server.engine.handshakeDone()).isFalse();
    }

    @Test
    void isClosedTwiceWithoutHarm() throws Exception {
        TlsPair pair = pair(new SettingsForTests()).shakeHands();
        pair.client.engine.close();
        pair.client.engine.close();
        pair.server.engine.close();
        TlsEngine unused = server(new SettingsForTests()).engine();
        unused.close();
        unused.close();
    }

    @Test
    void outlivesItsContext() throws Exception {
        SettingsForTests settings = new SettingsForTests();
        var client = client(settings);
        var server = server(settings);
        TlsPair pair = pair(client, server);
        client.close();
        server.close();
        pair.shakeHands();
        pair.client.write("still here");
        pair.settle();

        assertThat(pair.server.text()).isEqualTo("still here");
    }
}
