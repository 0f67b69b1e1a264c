package bowline.tls.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// TLS-14: keys and certificates of one's own.
class CertificateMakerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final CertificateMaker maker = new CertificateMaker(SeededRandom.of(1), () -> NOW);

    private static void assertServes(TlsIdentity server, String name, Trust trust) throws Exception {
        new ServerVerifier(trust, ReferenceIdentity.of(name), () -> NOW).verify(server.chain(), server.staple());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"RSA_3072", "RSA_4096"},
            mode = EnumSource.Mode.EXCLUDE) // they take seconds
    void anAuthorityVouchesForServersAndClients(KeyKind kind) throws Exception {
        PrivateAuthority authority = maker.keys(kind).authority("Our own");
        TlsIdentity server = authority.server("www.example.com", "192.0.2.7", "2001:db8::7", "*.apps.example.com");
        TlsIdentity client = authority.client("alice@example.com");

        for (String name : List.of("www.example.com", "192.0.2.7", "2001:db8::7", "x.apps.example.com")) {
            assertServes(server, name, authority.trust());
        }
        new ClientVerifier(authority.trust(), () -> NOW).verify(client.chain(), null);
        assertThat(server.chain()).hasSize(1);
    }

    @Test
    void aServersCertificateSaysWhatItShall() throws Exception {
        PrivateAuthority authority = maker.authority("Our own");
        X509Certificate server = authority.server("Bücher.example").certificate();

        assertThat(server.getVersion()).isEqualTo(3);
        assertThat(server.getSubjectX500Principal().getName()).isEqualTo("CN=xn--bcher-kva.example");
        assertThat(server.getIssuerX500Principal().getName()).isEqualTo("CN=Our own");
        assertThat(server.getSubjectAlternativeNames()).containsExactly(List.of(2, "xn--bcher-kva.example"));
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(server.getKeyUsage()).startsWith(true, false, false);
        assertThat(server.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(server.getNonCriticalExtensionOIDs())
                .containsExactlyInAnyOrder("2.5.29.14", "2.5.29.17", "2.5.29.35", "2.5.29.37");
        assertThat(server.getSerialNumber().bitLength()).isEqualTo(127);
        assertThat(server.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(server.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofHours(1)));
        assertThat(server.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(397)));
        // RFC 5280 §4.2.1.1: the key identifiers lead from one to the other.
        byte[] authorityKey = authority.certificate().getExtensionValue("2.5.29.14");
        byte[] issuerKey = server.getExtensionValue("2.5.29.35");
        assertThat(Arrays.copyOfRange(issuerKey, issuerKey.length - 20, issuerKey.length))
                .isEqualTo(Arrays.copyOfRange(authorityKey, authorityKey.length - 20, authorityKey.length));
    }

    @Test
    void anAuthoritysCertificateSaysWhatItShall() {
        X509Certificate root = maker.authority("Our own").certificate();

        assertThat(root.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(root.getKeyUsage()).startsWith(true, false, false, false, false, true, true);
        assertThat(root.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(3650)));
    }

    @Test
    void aSelfSignedServerIsTrustedByItsCertificate() throws Exception {
        TlsIdentity self = maker.selfSigned("localhost", "127.0.0.1", "::1");

        assertServes(self, "localhost", TrustRoots.of(self.chain()));
        assertServes(self, "127.0.0.1", TrustRoots.of(self.chain()));
    }

    @Test
    void intermediatesComeWithTheChain() throws Exception {
        PrivateAuthority root = maker.authority("Root");
        PrivateAuthority middle = root.intermediate("Middle");
        PrivateAuthority lower = middle.intermediate("Lower");
        TlsIdentity server = lower.server("a.example");

        assertThat(server.chain().stream().map(CertificateWords::subject))
                .containsExactly("\"CN=a.example\"", "\"CN=Lower\"", "\"CN=Middle\"");
        assertServes(server, "a.example", root.trust());
        assertServes(server, "a.example", lower.trust());
    }

    @Test
    void aStapleOfTheAuthorityIsBelieved() throws Exception {
        PrivateAuthority authority = maker.authority("Our own");
        TlsIdentity server = authority.server("a.example");

        assertServes(server.stapled(authority.staple(server.certificate())), "a.example", authority.trust());
    }

    @Test
    @DisplayName("the same seed and time make the same bytes, with Ed25519")
    void repeatable() {
        List<TlsIdentity> twice = List.of(madeBySeed(7), madeBySeed(7), madeBySeed(8));

        assertThat(twice.get(0).certificate()).isEqualTo(twice.get(1).certificate());
        assertThat(twice.get(0).key().getEncoded()).isEqualTo(twice.get(1).key().getEncoded());
        assertThat(twice.get(0).certificate()).isNotEqualTo(twice.get(2).certificate());
    }

    private static TlsIdentity madeBySeed(long seed) {
        return new CertificateMaker(SeededRandom.of(seed), () -> Instant.EPOCH)
                .keys(KeyKind.ED25519)
                .authority("Root")
                .server("a.example");
    }

    @Test
    @DisplayName("RFC 5280 §4.2.1.6: without a subject the names are critical")
    void longNamesStandBesideAnEmptySubject() throws Exception {
        String name = "a".repeat(60) + ".example.com";
        PrivateAuthority authority = maker.authority("Our own");
        TlsIdentity server = authority.server(name);

        assertThat(server.certificate().getSubjectX500Principal().getName()).isEmpty();
        assertThat(server.certificate().getCriticalExtensionOIDs()).contains("2.5.29.17");
        assertServes(server, name, authority.trust());
    }

    @Test
    void namesThatAreNone() {
        PrivateAuthority authority = maker.authority("Our own");
        for (String name : List.of("", "a b", "a..b", "300.1.1.1", "*", "*.", "*.1.2.3.4", "a\u0000b", "1:2")) {
            assertThatIllegalArgumentException().isThrownBy(() -> authority.server(name));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> authority.server());
        assertThatIllegalArgumentException().isThrownBy(() -> maker.authority(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> maker.authority("x".repeat(65)));
        assertThatIllegalArgumentException().isThrownBy(() -> maker.validity(Duration.ZERO));
    }

    @Test
    void aServersCertificateIsNoAuthority() {
        TlsIdentity self = maker.selfSigned("localhost");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PrivateAuthority(self, maker))
                .withMessageContaining("no authority's");
    }

    @Test
    void anIdentityDoesNotShowItsKey() {
        assertThat(maker.selfSigned("localhost").toString()).isEqualTo("TlsIdentity[\"CN=localhost\", 1 in the chain]");
    }
}
