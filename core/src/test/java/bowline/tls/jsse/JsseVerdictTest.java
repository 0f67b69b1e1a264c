package bowline.tls.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.tls.certificate.CertificateRefused;
import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.ReferenceIdentity;
import bowline.tls.certificate.ServerVerifier;
import bowline.tls.certificate.TrustRoots;
import bowline.tls.engine.ClientSettings;
import bowline.tls.engine.SettingsForTests;
import bowline.tls.engine.TestIdentities;
import bowline.tls.engine.TlsPair;
import bowline.tls.engine.Versions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The verdicts of our verifier on their way through the JDK: the words for us, the alert for the peer.
class JsseVerdictTest {

    private static final Instant GOOD_TIME = Instant.parse("2040-01-01T00:00:00Z");
    private static final Instant TOO_LATE = Instant.parse("2140-01-01T00:00:00Z");

    private final JsseProvider provider = new JsseProvider();

    private TlsPair pair(X509Certificate trusted, String name, Instant now) throws Exception {
        PeerVerifier verifier =
                new ServerVerifier(TrustRoots.of(List.of(trusted)), ReferenceIdentity.of(name), () -> now);
        var settings = new ClientSettings(Versions.DEFAULT, verifier, null, List.of(), false, null, null);
        return TlsPair.of(
                        provider.client(settings).engine("server.test", "server.test:443"),
                        provider.server(new SettingsForTests().server()).engine())
                .settle();
    }

    private static void assertRefused(TlsPair pair, CertificateRefused.Kind kind, String alert) {
        assertThat(pair.client.fault()).hasCauseInstanceOf(CertificateRefused.class);
        var refused = (CertificateRefused) pair.client.fault().getCause();
        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(pair.client.fault()).hasMessage(refused.getMessage());
        assertThat(pair.client.fault().alert()).isEqualTo(alert);
        assertThat(pair.server.fault().alert()).isEqualTo(alert);
    }

    @Test
    void believesAGoodServer() throws Exception {
        pair(TestIdentities.authority(), "server.test", GOOD_TIME).shakeHands();
    }

    @Test
    void refusesAnotherName() throws Exception {
        assertRefused(
                pair(TestIdentities.authority(), "other.test", GOOD_TIME),
                CertificateRefused.Kind.WRONG_NAME,
                "bad_certificate");
    }

    @Test
    void refusesWhatHasExpired() throws Exception {
        assertRefused(
                pair(TestIdentities.authority(), "server.test", TOO_LATE),
                CertificateRefused.Kind.EXPIRED,
                "certificate_expired");
    }

    @Test
    void refusesAStranger() throws Exception {
        TlsPair pair = pair(TestIdentities.rsa().certificate(), "server.test", GOOD_TIME);

        assertThat(pair.client.fault()).hasCauseInstanceOf(CertificateRefused.class);
        assertThat(pair.server.fault().alert()).isEqualTo("certificate_unknown"); // the JDK sends no unknown_ca
    }
}
