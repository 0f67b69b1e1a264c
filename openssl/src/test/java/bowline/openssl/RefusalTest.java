package bowline.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import bowline.tls.engine.TestIdentities;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsEngine.Need;
import bowline.tls.engine.TlsPair;
import bowline.tls.engine.TlsVersion;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// RFC 8446 §6.2: certificates that are refused, and what the peer hears of it.
class RefusalTest {

    static Stream<Arguments> refusals() {
        return Stream.of(
                        Arguments.of(new CertificateExpiredException("it is over"), "certificate_expired"),
                        Arguments.of(of(BasicReason.REVOKED), "certificate_revoked"),
                        Arguments.of(of(BasicReason.ALGORITHM_CONSTRAINED), "unsupported_certificate"),
                        Arguments.of(of(BasicReason.INVALID_SIGNATURE), "bad_certificate"),
                        Arguments.of(new CertificateException("I do not like it"), "certificate_unknown"))
                .flatMap(each -> Stream.of(TlsVersion.values())
                        .map(version -> Arguments.of(each.get()[0], each.get()[1], version)));
    }

    private static CertificateException of(BasicReason reason) {
        return new CertificateException("no path", new CertPathValidatorException("because", null, null, -1, reason));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aServerThatIsRefusedHearsWhy(CertificateException refusal, String alert, TlsVersion version) throws Exception {
        Setup setup = Setup.with(version);
        setup.refusal = refusal;
        TlsPair pair = setup.pair().settle();

        assertThat(pair.client.fault()).hasMessage(refusal.getMessage()).hasCause(refusal);
        assertThat(pair.client.fault().alert()).isEqualTo(alert);
        assertThat(pair.server.fault().alert()).isEqualTo(alert);
        assertThat(pair.client.engine.handshakeDone()).isFalse();
        assertThat(pair.server.engine.handshakeDone()).isFalse();
        assertThat(pair.client.engine.need()).isEqualTo(Need.CLOSED);
        assertThat(pair.server.engine.need()).isEqualTo(Need.CLOSED);
    }

    /// A server that keeps to the RFC does not read alerts in clear once it has sent its hello.
    @ParameterizedTest
    @MethodSource("refusals")
    void aServerOfTheJdkHearsItToo(CertificateException refusal, String alert, TlsVersion version) throws Exception {
        Setup setup = Setup.with(version);
        setup.refusal = refusal;
        try (var server = Openssl.jdk().server(setup.serverSettings())) {
            TlsPair pair = TlsPair.of(setup.clientEngine(), server.engine()).settle();

            assertThat(pair.client.fault().alert()).isEqualTo(alert);
            assertThat(pair.server.fault().alert()).isEqualTo(alert);
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aClientThatIsRefusedHearsWhy(CertificateException refusal, String alert, TlsVersion version) throws Exception {
        Setup asked = Setup.with(version);
        asked.clientCertificates = ClientCertificates.WANTED;
        asked.refusal = refusal;
        Setup asking = Setup.with(version);
        asking.clientIdentity = TestIdentities.client();
        TlsPair pair = TlsPair.of(asking.clientEngine(), asked.serverEngine()).settle();

        assertThat(pair.server.fault()).hasMessage(refusal.getMessage()).hasCause(refusal);
        assertThat(pair.server.fault().alert()).isEqualTo(alert);
        assertThat(pair.client.fault().alert()).isEqualTo(alert);
        assertThat(pair.server.engine.handshakeDone()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void aVerifierThatBreaksIsOurFault(TlsVersion version) throws Exception {
        Setup setup = Setup.with(version);
        setup.refusal = new IllegalStateException("the verifier is broken");
        TlsPair pair = setup.pair().settle();

        assertThat(pair.client.fault()).hasMessageContaining("a fault of ours").hasCause(setup.refusal);
        assertThat(pair.client.fault().alert()).isEqualTo("internal_error");
        assertThat(pair.client.engine.handshakeDone()).isFalse();
        assertThat(pair.server.engine.handshakeDone()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void aRefusedServerCannotSendAnything(TlsVersion version) throws Exception {
        Setup setup = Setup.with(version);
        setup.refusal = new CertificateException("no");
        TlsPair pair = setup.pair();
        pair.server.write("for nobody");
        pair.client.write("for nobody");
        pair.settle();

        assertThat(pair.client.text()).isEmpty();
        assertThat(pair.server.text()).isEmpty();
        assertThatThrownBy(pair.client.engine::session).isInstanceOf(IllegalStateException.class);
    }

    // The staple

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName(
            "RFC 6066 §8: the server shows its OCSP response, and the verifier sees it before anything is answered")
    void theStapleIsSeen(TlsVersion version) throws Exception {
        byte[] staple = {0x30, 3, 0x0A, 1, 6};
        Setup setup = Setup.with(version);
        TlsIdentity plain = setup.identity;
        setup.identity = new TlsIdentity(plain.key(), plain.chain(), staple);
        setup.pair().shakeHands();

        assertThat(setup.staples).containsExactly(staple);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void withoutAStapleTheVerifierIsAskedAllTheSame(TlsVersion version) throws Exception {
        Setup setup = Setup.with(version);
        setup.pair().shakeHands();

        assertThat(setup.staples).containsExactly(new byte[0]);
    }

    @Test
    void theEngineMustBeGivenRoomForARecord() throws Exception {
        TlsPair pair = new Setup().pair().shakeHands();
        pair.server.write("x");
        pair.server.go();
        var record = java.nio.ByteBuffer.wrap(pair.server.sent.getLast());
        TlsEngine client = pair.client.engine;

        assertThatThrownBy(() -> client.decipher(record, java.nio.ByteBuffer.allocate(100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("room");
    }
}
