package bowline.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Peers that break the rules, or do not know them.
abstract class HostilePeerContract extends CloseContract {

    private static final int RECORD_HEADER_BYTES = 5;

    private TlsEnd lonelyServer() throws Exception {
        return new TlsEnd(server(new SettingsForTests()).engine());
    }

    private byte[] hello(SettingsForTests settings) throws Exception {
        TlsEnd client = new TlsEnd(client(settings).engine("server.test", PEER));
        client.go();
        return client.sent.getFirst();
    }

    private static void assertEndedWithAnAlert(TlsEnd end) {
        assertThat(end.fault().alert()).isNotNull();
        assertThat(end.sent).isNotEmpty();
        assertThat(end.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
        assertThat(end.engine.inputEnded()).as("no close_notify came").isFalse();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void noticesAChangedRecord(TlsVersion version) throws Exception {
        for (int place : new int[] {RECORD_HEADER_BYTES, RECORD_HEADER_BYTES + 12, -1}) {
            TlsPair pair = pair(only(version)).shakeHands();
            pair.client.write("a message that somebody changes");
            pair.client.go();
            byte[] record = pair.client.sent.getLast();
            record[place < 0 ? record.length - 1 : place] ^= 1;
            pair.settle();

            assertThat(pair.server.plain.size()).isZero();
            assertThat(pair.server.fault().alert()).isEqualTo("bad_record_mac");
            assertThat(pair.client.fault().alert()).isEqualTo("bad_record_mac");
            assertThat(pair.client.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
            assertThat(pair.server.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
            assertThat(pair.client.engine.inputEnded()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void noticesARecordThatComesTwice(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version)).shakeHands();
        pair.client.write("pay 10 euros");
        pair.client.go();
        byte[] record = pair.client.sent.getLast().clone();
        pair.settle();
        pair.server.arrive(record);
        pair.server.go();

        assertThat(pair.server.text()).isEqualTo("pay 10 euros");
        assertEndedWithAnAlert(pair.server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /form HTTP/1.1\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void knowsPlainHttp(String request) throws Exception {
        TlsEnd server = lonelyServer();
        server.arrive(request.getBytes(StandardCharsets.US_ASCII));
        server.go();

        assertThat(server.fault()).hasMessageContaining("plain HTTP").hasMessageContaining("https://");
        assertThat(server.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
        assertThat(server.plain.size()).isZero();
    }

    @Test
    void knowsThatAServerAnswersInPlainHttp() throws Exception {
        TlsEnd client = new TlsEnd(client(new SettingsForTests()).engine(null, PEER));
        client.go();
        client.arrive("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        client.go();

        assertThat(client.fault()).hasMessageContaining("plain HTTP").hasMessageContaining("server");
        assertThat(client.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "EHLO mail.test\r\n", "\u0000\u0001\u0002\u0003\u0004\u0005"})
    void knowsThatItIsNotTls(String greeting) throws Exception {
        TlsEnd server = lonelyServer();
        server.arrive(greeting.getBytes(StandardCharsets.US_ASCII));
        server.go();

        assertThat(server.fault()).hasMessageContaining("does not speak TLS");
        assertThat(server.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
    }

    @Test
    void takesNoPlainTextBeforeTheHandshakeIsDone() throws Exception {
        TlsPair pair = pair(new SettingsForTests());
        pair.client.go();
        pair.server.arrive(pair.client.sent.getFirst());
        pair.server.go();
        pair.server.arrive(new byte[] {23, 3, 3, 0, 4, 'e', 'v', 'i', 'l'});
        pair.server.go();

        assertThat(pair.server.plain.size()).isZero();
        assertThat(pair.server.fault().alert()).isNotNull();
        assertThat(pair.server.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
    }

    @ParameterizedTest
    @DisplayName("TLS-3: a client that does not believe us may say so in clear, as OpenSSL's do in TLS 1.3 too")
    @EnumSource(TlsVersion.class)
    void understandsAnAlertInClear(TlsVersion version) throws Exception {
        TlsEnd server = lonelyServer();
        server.arrive(hello(only(version)));
        server.go();
        server.arrive(new byte[] {21, 3, 3, 0, 2, 2, 48});
        server.go();

        assertThat(server.fault().alert()).isEqualTo("unknown_ca");
        assertThat(server.fault()).hasMessageContaining("it does not know who signed our certificate");
        assertThat(server.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void refusesARecordThatIsTooLong(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version)).shakeHands();
        byte[] tooLong = {23, 3, 3, 0x48, 1}; // 2^14 + 2048 + 1
        pair.server.arrive(tooLong);
        pair.server.go();

        assertEndedWithAnAlert(pair.server);
        TlsEnd fresh = lonelyServer();
        fresh.arrive(new byte[] {22, 3, 1, 0x48, 1});
        fresh.go();
        assertThat(fresh.fault().alert()).isNotNull();
        assertThat(fresh.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
    }

    @Test
    @DisplayName("TLS-3: a client that can TLS 1.0 or 1.1 only is told so")
    void refusesOldVersions() throws Exception {
        for (int minor : new int[] {0, 1, 2}) {
            TlsEnd server = lonelyServer();
            server.arrive(clientHello(minor));
            server.go();

            assertThat(server.fault().alert()).as("SSL 3.%d", minor).isEqualTo("protocol_version");
            assertThat(server.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
        }
    }

    /// Of SSL 3.0 (0), TLS 1.0 (1) or TLS 1.1 (2), by hand: RFC 2246 §7.4.1.2.
    private static byte[] clientHello(int minor) {
        byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 4 + 2];
        hello[0] = 22;
        hello[1] = 3;
        hello[2] = (byte) minor;
        hello[4] = (byte) (hello.length - 5);
        hello[5] = 1;
        hello[8] = (byte) (hello.length - 9);
        hello[9] = 3;
        hello[10] = (byte) minor;
        int suites = 11 + 32 + 1;
        hello[suites + 1] = 2;
        hello[suites + 2] = (byte) 0xC0;
        hello[suites + 3] = 0x09; // TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
        hello[suites + 4] = 1;
        return hello;
    }

    @ParameterizedTest
    @ValueSource(strings = {"handshake_failure", "unknown_ca", "certificate_required", "internal_error"})
    void saysWhatThePeersAlertMeans(String name) throws Exception {
        TlsAlert alert = TlsAlert.named(name).orElseThrow();
        TlsEnd client = new TlsEnd(client(new SettingsForTests()).engine(null, PEER));
        client.go();
        client.arrive(new byte[] {21, 3, 3, 0, 2, 2, (byte) alert.number()});
        client.go();

        assertThat(client.fault().alert()).isEqualTo(name);
        assertThat(client.fault()).hasMessageContaining(name).hasMessageContaining(alert.meaning());
        assertThat(client.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
    }

    @Test
    @DisplayName("TLS-3: a client that renegotiates is refused")
    void refusesAClientThatRenegotiates() throws Exception {
        JdkPeer client = JdkPeer.client(TlsVersion.TLS_1_2);
        TlsPair pair = TlsPair.of(client, server(only(TlsVersion.TLS_1_2)).engine());
        pair.shakeHands();
        client.again();
        pair.settle();

        assertThat(pair.server.fault()).hasMessageContaining("renegotiation");
        assertEndedWithAnAlert(pair.server);
        assertThat(pair.client.fault).isNotNull();
    }

    @Test
    @DisplayName("TLS-3: a server that renegotiates is refused")
    void refusesAServerThatRenegotiates() throws Exception {
        JdkPeer server = JdkPeer.server(TlsVersion.TLS_1_2, TestIdentities.ec());
        TlsPair pair = TlsPair.of(client(only(TlsVersion.TLS_1_2)).engine("server.test", PEER), server);
        pair.shakeHands();
        server.again();
        pair.settle();

        assertThat(pair.client.fault()).hasMessageContaining("renegotiation");
        assertEndedWithAnAlert(pair.client);
        assertThat(pair.server.fault).isNotNull();
    }

    @Test
    void followsThePeersChangeOfKeys() throws Exception {
        JdkPeer client = JdkPeer.client(TlsVersion.TLS_1_3);
        JdkPeer server = JdkPeer.server(TlsVersion.TLS_1_3, TestIdentities.ec());
        TlsPair ours = TlsPair.of(client, server(only(TlsVersion.TLS_1_3)).engine());
        TlsPair theirs = TlsPair.of(client(only(TlsVersion.TLS_1_3)).engine("server.test", PEER), server);
        for (TlsPair pair : List.of(ours.shakeHands(), theirs.shakeHands())) {
            for (int i = 0; i < 100; i++) {
                (pair == ours ? client : server).again();
                pair.settle();
                pair.client.write("a");
                pair.server.write("b");
                pair.settle();
            }

            assertThat(pair.server.text()).isEqualTo("a".repeat(100));
            assertThat(pair.client.text()).isEqualTo("b".repeat(100));
            assertThat(pair.client.fault).isNull();
            assertThat(pair.server.fault).isNull();
        }
    }

    @Test
    @DisplayName("TLS-4: a flood of KeyUpdates ends the connection")
    void endsAFloodOfChangesOfKeys() throws Exception {
        JdkPeer client = JdkPeer.client(TlsVersion.TLS_1_3);
        TlsPair pair = TlsPair.of(client, server(only(TlsVersion.TLS_1_3)).engine());
        pair.shakeHands();
        for (int i = 0; i < 100 && pair.server.fault == null; i++) {
            client.again();
            pair.settle();
        }

        assertEndedWithAnAlert(pair.server);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("TLS-4: a handshake cut off at every byte ends nowhere, and does no harm")
    void waitsForTheRestOfAHandshake(TlsVersion version) throws Exception {
        SettingsForTests settings = only(version);
        byte[] hello = hello(settings);
        var server = server(settings);
        for (int cut = 0; cut < hello.length; cut++) {
            TlsEnd end = new TlsEnd(server.engine());
            end.arrive(hello, 0, cut);
            end.go();

            assertThat(end.engine.need()).isEqualTo(TlsEngine.Need.INPUT);
            assertThat(end.fault).isNull();
            assertThat(end.sent).isEmpty();
            end.arrive(hello, cut, hello.length);
            if (cut % 16 == 0) {
                end.go();
                assertThat(end.sent).isNotEmpty();
            }
        }
    }

    @Test
    void survivesAnyHelloThatHasBeenChanged() throws Exception {
        byte[] hello = hello(new SettingsForTests());
        var server = server(new SettingsForTests());
        for (int place = 0; place < hello.length; place++) {
            byte[] changed = hello.clone();
            changed[place] ^= (byte) 0xFF;
            TlsEnd end = new TlsEnd(server.engine());
            end.arrive(changed);
            end.go();

            assertThat(end.engine.handshakeDone()).isFalse();
            assertThat(end.plain.size()).isZero();
            assertThat(end.engine.need()).isIn(TlsEngine.Need.CLOSED, TlsEngine.Need.INPUT);
        }
    }
}
