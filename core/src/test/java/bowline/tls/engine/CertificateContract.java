package bowline.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who has to show a certificate, and who judges it.
abstract class CertificateContract extends ResumptionContract {

    private static final X500Principal AUTHORITY = TestIdentities.authority().getSubjectX500Principal();
    private static final X500Principal STRANGER = new X500Principal("CN=Some other authority");

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("semantics TLS-4: a refused server is left with the verifier's words as the reason")
    void keepsTheVerifiersWords(TlsVersion version) throws Exception {
        var verdict = new CertificateException("the certificate of server.test is from the moon");
        TlsPair pair = pair(only(version).refuseServer(verdict)).settle();

        assertThat(pair.client.fault()).hasMessage(verdict.getMessage()).hasCause(verdict);
        assertThat(pair.client.fault().alert()).isNotNull();
        assertThat(pair.server.fault().alert()).isEqualTo(pair.client.fault().alert());
        assertThat(pair.client.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
        assertThat(pair.server.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
        assertThat(pair.client.engine.handshakeDone()).isFalse();
        assertThatThrownBy(pair.client.engine::session).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void saysThatACertificateHasExpired(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version).refuseServer(new CertificateExpiredException("it ended in May")))
                .settle();

        assertThat(pair.client.fault()).hasMessage("it ended in May");
        assertThat(pair.server.fault().alert()).isEqualTo("certificate_expired");
        assertThat(pair.server.fault()).hasMessageContaining("renew it");
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void doesNotLetAVerifierThatFailsPassForOneThatAgrees(TlsVersion version) throws Exception {
        SettingsForTests settings = only(version).breakVerifiers();
        TlsPair pair = pair(settings).settle();

        assertThat(pair.client.engine.handshakeDone()).isFalse();
        assertThat(pair.client.fault()).hasStackTraceContaining("the verifier is broken");
        assertThat(pair.server.fault().alert()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("semantics TLS-5: a client shows its certificate, and the server's verifier has the say")
    void provesTheClient(TlsVersion version) throws Exception {
        for (ClientCertificates asked : Set.of(ClientCertificates.WANTED, ClientCertificates.REQUIRED)) {
            SettingsForTests settings = only(version).clientCertificates(asked).clientIdentity(TestIdentities.client());
            TlsPair pair = pair(settings).shakeHands();

            assertThat(pair.server.engine.session().peerCertificates())
                    .isEqualTo(TestIdentities.client().chain());
            assertThat(pair.client.engine.session().localCertificates())
                    .isEqualTo(TestIdentities.client().chain());
            assertThat(settings.clientVerdicts).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void provesTheClientByEveryKindOfKey(TlsVersion version) throws Exception {
        for (TlsIdentity identity :
                new TlsIdentity[] {TestIdentities.ed25519(), TestIdentities.ec(), TestIdentities.rsa()}) {
            TlsPair pair = pair(only(version)
                            .clientCertificates(ClientCertificates.REQUIRED)
                            .clientIdentity(identity))
                    .shakeHands();

            assertThat(pair.server.engine.session().peerCertificates()).isEqualTo(identity.chain());
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void showsNoCertificateUnasked(TlsVersion version) throws Exception {
        TlsPair pair =
                pair(only(version).clientIdentity(TestIdentities.client())).shakeHands();

        assertThat(pair.server.engine.session().peerCertificates()).isEmpty();
        assertThat(pair.client.engine.session().localCertificates()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void letsAClientInWithoutACertificateThatIsOnlyWanted(TlsVersion version) throws Exception {
        SettingsForTests settings = only(version).clientCertificates(ClientCertificates.WANTED);
        TlsPair pair = pair(settings).shakeHands();

        assertThat(pair.server.engine.session().peerCertificates()).isEmpty();
        assertThat(settings.clientVerdicts).isZero();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void refusesAClientWithoutTheCertificateThatIsRequired(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version).clientCertificates(ClientCertificates.REQUIRED))
                .settle();

        assertThat(pair.server.engine.handshakeDone()).isFalse();
        assertThat(pair.server.fault().alert()).isIn("certificate_required", "handshake_failure", "bad_certificate");
        assertThat(pair.server.fault()).hasMessageContaining("certificate");
        assertThat(pair.client.fault().alert()).isEqualTo(pair.server.fault().alert());
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void refusesABadCertificateThoughNoneIsRequired(TlsVersion version) throws Exception {
        SettingsForTests settings = only(version)
                .clientCertificates(ClientCertificates.WANTED)
                .clientIdentity(TestIdentities.client())
                .refuseClient(new CertificateException("client.test is not among the members"));
        TlsPair pair = pair(settings).settle();

        assertThat(pair.server.engine.handshakeDone()).isFalse();
        assertThat(pair.server.fault())
                .hasMessage("client.test is not among the members")
                .hasCause(settings.refusal());
        assertThat(pair.client.fault().alert()).isEqualTo(pair.server.fault().alert());
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void showsItToThoseWhoNameItsAuthority(TlsVersion version) throws Exception {
        SettingsForTests settings =
                only(version).clientCertificates(ClientCertificates.WANTED).clientIdentity(TestIdentities.client());
        TlsPair known = pair(settings.acceptedIssuers(STRANGER, AUTHORITY)).shakeHands();
        TlsPair unknown = pair(settings.acceptedIssuers(STRANGER)).shakeHands();

        assertThat(known.server.engine.session().peerCertificates()).isNotEmpty();
        assertThat(unknown.server.engine.session().peerCertificates()).isEmpty();
    }

    @Test
    void namesTheAuthoritiesThatAServerAccepts() throws Exception {
        SettingsForTests settings = only(TlsVersion.TLS_1_2)
                .clientCertificates(ClientCertificates.WANTED)
                .acceptedIssuers(STRANGER);
        TlsPair pair = pair(settings).shakeHands();
        var sent = new StringBuilder();
        pair.server.sent.forEach(record -> sent.append(new String(record, StandardCharsets.ISO_8859_1)));

        assertThat(sent.toString()).contains("Some other authority");
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("semantics TLS-16: the staple of an identity comes to the client's verifier")
    void showsTheStaple(TlsVersion version) throws Exception {
        byte[] staple = {0x30, 0x03, 0x0A, 0x01, 0x06}; // an OCSP response that says "unauthorized"
        TlsIdentity plain = TestIdentities.ec();
        SettingsForTests settings = only(version).identity(new TlsIdentity(plain.key(), plain.chain(), staple));
        TlsPair pair = pair(settings).shakeHands();

        assertThat(pair.server.engine.handshakeDone()).isTrue();
        assertThat(settings.staple).isEqualTo(servers().lacks().contains(TlsProvider.Feature.STAPLE) ? null : staple);
    }
}
