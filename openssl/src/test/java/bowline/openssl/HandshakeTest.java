package bowline.openssl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.tls.engine.ServerSettings.ClientCertificates;
import bowline.tls.engine.TestIdentities;
import bowline.tls.engine.TlsEnd;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsEngine.Need;
import bowline.tls.engine.TlsPair;
import bowline.tls.engine.TlsVersion;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Handshakes, as far as the contract of all engines does not say it.
class HandshakeTest {

    private static byte[] joined(List<byte[]> pieces) {
        var all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /// What is left of the pieces from there on, as one.
    private static byte[] joined(TlsEnd end, int from) {
        return joined(end.sent.subList(from, end.sent.size()));
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void whatOnlyAnnouncesIsNoStep(TlsVersion version) throws Exception {
        Setup setup = Setup.with(version);
        TlsPair pair = setup.pair();
        pair.client.go();
        pair.server.arrive(pair.client.sent.getFirst());
        pair.server.go();
        TlsEngine server = pair.server.engine;
        ByteBuffer announcement = ByteBuffer.wrap(new byte[] {20, 3, 3, 0, 1, 1});

        assertThat(server.decipher(announcement, ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES)))
                .isTrue();
        assertThat(announcement.hasRemaining()).isFalse();
        assertThat(server.need()).isEqualTo(Need.INPUT);
    }

    @Test
    void whatAStepIsBoundToItsCallbacksSee() throws Exception {
        ScopedValue<String> bound = ScopedValue.newInstance();
        var seen = new AtomicReference<String>();
        Setup setup = new Setup();
        setup.keyLog = _ -> seen.set(bound.orElse("nothing"));
        var client = new TlsEnd(new Setup().clientEngine());
        client.go();
        TlsEngine server = setup.serverEngine();
        server.decipher(ByteBuffer.wrap(client.sent.getFirst()), ByteBuffer.allocate(TlsEngine.PACKET_MAX_BYTES));
        ScopedValue.where(bound, "the time of the reactor").run(server.work());

        assertThat(seen.get()).isEqualTo("the time of the reactor");
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void whatComesBehindTheLastFlightIsPlainText(TlsVersion version) throws Exception {
        Setup setup = Setup.with(version);
        TlsPair pair = setup.pair();
        pair.client.write("behind");
        pair.client.go();
        byte[] hello = joined(pair.client, 0);
        pair.server.arrive(hello);
        pair.server.go();
        pair.client.arrive(joined(pair.server, 0));
        pair.client.go();
        int answered = pair.server.sent.size();
        pair.server.arrive(joined(pair.client, 1));
        pair.server.go();
        pair.client.arrive(joined(pair.server, answered));
        int known = pair.client.sent.size();
        pair.client.go();
        pair.server.arrive(joined(pair.client, known));
        pair.server.go();

        assertThat(pair.server.text()).isEqualTo("behind");
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void cutsMeanNothing(TlsVersion version) throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int pieceBytes : new int[] {1, 2, 5, 6, 1 + random.nextInt(300), 1 + random.nextInt(3000)}) {
            Setup setup = Setup.with(version);
            TlsPair pair = TlsPair.cut(setup.clientEngine(), setup.serverEngine(), pieceBytes);
            pair.client.write("question");
            pair.server.write("answer");
            pair.shakeHands();

            assertThat(pair.server.text()).as("seed %d", seed).isEqualTo("question");
            assertThat(pair.client.text()).as("seed %d", seed).isEqualTo("answer");
        }
    }

    @Test
    void aClientBeginsAndAServerWaits() throws Exception {
        var setup = new Setup();
        TlsEngine client = setup.clientEngine();
        TlsEngine server = setup.serverEngine();

        assertThat(client.need()).isEqualTo(Need.OUTPUT);
        assertThat(server.need()).isEqualTo(Need.INPUT);
        assertThatThrownBy(client::work).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(client::session).isInstanceOf(IllegalStateException.class);
        assertThat(client.handshakeDone()).isFalse();
    }

    // ALPN

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("TLS-7: the first of the server's list that the client offers")
    void theServerChooses(TlsVersion version) throws Exception {
        Setup setup = Setup.with(version);
        setup.offered = List.of("spdy/1", "http/1.1", "h2");
        setup.spoken = List.of("h2", "http/1.1");
        TlsPair pair = setup.pair().shakeHands();

        assertThat(pair.client.engine.session().applicationProtocol()).isEqualTo("h2");
        assertThat(pair.server.engine.session().applicationProtocol()).isEqualTo("h2");
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("TLS-6 of the security rules: no_application_protocol on a mismatch")
    void aMismatchIsRefused(TlsVersion version) throws Exception {
        Setup setup = Setup.with(version);
        setup.offered = List.of("smtp", "imap");
        setup.spoken = List.of("h2");
        TlsPair pair = setup.pair().settle();

        assertThat(pair.server.fault().alert()).isEqualTo("no_application_protocol");
        assertThat(pair.server.fault()).hasMessageContaining("[smtp, imap]").hasMessageContaining("[h2]");
        assertThat(pair.client.fault().alert()).isEqualTo("no_application_protocol");
        assertThat(pair.client.engine.need()).isEqualTo(Need.CLOSED);
    }

    @Test
    void whoOffersNothingIsServedWithout() throws Exception {
        var setup = new Setup();
        setup.spoken = List.of("h2");

        assertThat(setup.pair().shakeHands().server.engine.session().applicationProtocol())
                .isNull();
    }

    // What is no TLS, or breaks it

    @Test
    void aClientThatSpeaksHttpIsTold() throws Exception {
        var server = new TlsEnd(new Setup().serverEngine());
        server.arrive("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
        server.go();

        assertThat(server.fault()).hasMessageContaining("plain HTTP").hasMessageContaining("https:");
        assertThat(server.engine.need()).isEqualTo(Need.CLOSED);
    }

    @Test
    @DisplayName("TLS-3: no SSL 2, not even its hello")
    void anOldHelloIsRefused() throws Exception {
        var server = new TlsEnd(new Setup().serverEngine());
        byte[] hello = new byte[46];
        hello[0] = (byte) 0x80;
        hello[1] = 44;
        hello[2] = 1;
        hello[3] = 3;
        hello[4] = 3;
        server.arrive(hello);
        server.go();

        assertThat(server.fault()).hasMessageContaining("does not speak TLS");
        assertThat(server.engine.need()).isEqualTo(Need.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void aRecordThatIsTooLongIsRefusedByItsHeader(TlsVersion version) throws Exception {
        TlsPair pair = Setup.with(version).pair().shakeHands();
        pair.server.arrive(new byte[] {23, 3, 3, 0x41, 0x41});
        pair.settle();

        assertThat(pair.server.fault().alert()).isEqualTo("record_overflow");
        assertThat(pair.server.fault()).hasMessageContaining("longer than any may be");
        assertThat(pair.client.fault().alert()).isEqualTo("record_overflow");
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void aRecordThatWasChangedIsRefused(TlsVersion version) throws Exception {
        TlsPair pair = Setup.with(version).pair().shakeHands();
        int before = pair.client.sent.size();
        pair.client.write("money for Bob");
        pair.client.go();
        byte[] record = pair.client.sent.get(before);
        record[record.length - 1] ^= 1;
        pair.settle();

        assertThat(pair.server.fault().alert()).isEqualTo("bad_record_mac");
        assertThat(pair.server.fault()).hasMessageContaining("changed on its way");
        assertThat(pair.client.fault().alert()).isEqualTo("bad_record_mac");
        assertThat(pair.server.text()).isEmpty();
    }

    @Test
    void randomBytesEndItInOrder() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        Setup setup = new Setup();
        for (int i = 0; i < 300; i++) {
            var server = new TlsEnd(setup.serverEngine());
            var bytes = new byte[5 + random.nextInt(400)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (20 + random.nextInt(5));
            bytes[1] = 3;
            bytes[3] = 0;
            server.arrive(bytes);
            server.go();

            assertThat(server.engine.handshakeDone()).as("seed %d", seed).isFalse();
            assertThat(server.engine.need()).as("seed %d", seed).isIn(Need.CLOSED, Need.INPUT);
            server.engine.close();
        }
    }

    // Clients' certificates

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("TLS-5: who must show a certificate and has none is refused")
    void aCertificateThatIsRequired(TlsVersion version) throws Exception {
        Setup setup = Setup.with(version);
        setup.clientCertificates = ClientCertificates.REQUIRED;
        TlsPair pair = setup.pair().settle();

        String alert = version == TlsVersion.TLS_1_3 ? "certificate_required" : "handshake_failure";
        assertThat(pair.server.fault().alert()).isEqualTo(alert);
        assertThat(pair.server.fault()).hasMessageContaining("it has shown no certificate");
        assertThat(pair.client.fault().alert()).isEqualTo(alert);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void aCertificateThatIsWanted(TlsVersion version) throws Exception {
        Setup setup = Setup.with(version);
        setup.clientCertificates = ClientCertificates.WANTED;
        setup.acceptedIssuers = List.of(TestIdentities.authority().getSubjectX500Principal());
        TlsPair without = setup.pair().shakeHands();

        assertThat(without.server.engine.session().peerCertificates()).isEmpty();
        assertThat(without.client.engine.session().localCertificates()).isEmpty();

        Setup other = Setup.with(version);
        other.clientCertificates = ClientCertificates.WANTED;
        other.clientIdentity = TestIdentities.client();
        TlsPair with = other.pair().shakeHands();

        assertThat(with.server.engine.session().peerCertificates())
                .isEqualTo(TestIdentities.client().chain());
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void whoIsNotAskedShowsNothing(TlsVersion version) throws Exception {
        Setup setup = Setup.with(version);
        setup.clientIdentity = TestIdentities.client();
        TlsPair pair = setup.pair().shakeHands();

        assertThat(pair.client.engine.session().localCertificates()).isEmpty();
        assertThat(pair.server.engine.session().peerCertificates()).isEmpty();
    }
}
