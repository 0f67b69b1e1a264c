package bowline.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.tls.certificate.TlsIdentity;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Agreeing upon a version, a cipher, a protocol, a name.
abstract class HandshakeContract extends TlsContract {

    static Stream<TlsIdentity> identities() {
        return Stream.of(TestIdentities.ed25519(), TestIdentities.ec(), TestIdentities.rsa());
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void agreesUponTheOnlyVersion(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version)).shakeHands();

        assertThat(pair.client.engine.session().version()).isEqualTo(version);
        assertThat(pair.server.engine.session().version()).isEqualTo(version);
        assertThat(pair.client.engine.need()).isEqualTo(TlsEngine.Need.NOTHING);
        assertThat(pair.server.engine.need()).isEqualTo(TlsEngine.Need.NOTHING);
        assertThat(pair.client.engine.session().provider()).isEqualTo(clients().name());
    }

    @Test
    void agreesUponTheHighestVersionOfBoth() throws Exception {
        assertThat(pair(new SettingsForTests())
                        .shakeHands()
                        .client
                        .engine
                        .session()
                        .version())
                .isEqualTo(TlsVersion.TLS_1_3);
    }

    @ParameterizedTest
    @MethodSource("identities")
    void provesItselfByEveryKindOfKey(TlsIdentity identity) throws Exception {
        for (TlsVersion version : TlsVersion.values()) {
            TlsPair pair = pair(only(version).identity(identity)).shakeHands();

            TlsSession session = pair.client.engine.session();
            assertThat(session.peerCertificates()).isEqualTo(identity.chain());
            assertThat(session.localCertificates()).isEmpty();
            assertThat(session.resumed()).isFalse();
            assertThat(pair.server.engine.session().localCertificates()).isEqualTo(identity.chain());
            assertThat(pair.server.engine.session().peerCertificates()).isEmpty();
        }
    }

    @Test
    @DisplayName("semantics TLS-15: a key that is not the certificate's is refused before the first connection")
    void refusesAKeyThatIsNotTheCertificates() {
        TlsIdentity server = TestIdentities.ec();
        TlsIdentity client = TestIdentities.client();
        TlsIdentity mixed = new TlsIdentity(client.key(), server.chain(), null);
        TlsIdentity otherKind = new TlsIdentity(TestIdentities.rsa().key(), server.chain(), null);

        for (TlsIdentity wrong : new TlsIdentity[] {mixed, otherKind}) {
            assertThatThrownBy(() -> server(new SettingsForTests().identity(wrong)))
                    .isInstanceOf(GeneralSecurityException.class);
            assertThatThrownBy(() -> client(new SettingsForTests().clientIdentity(wrong)))
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("TLS-3: ephemeral elliptic curves and authenticated ciphers only")
    void takesModernCiphersOnly(TlsVersion version) throws Exception {
        String suite = pair(only(version)).shakeHands().client.engine.session().cipherSuite();

        assertThat(suite).containsPattern("GCM|CHACHA20");
        if (version == TlsVersion.TLS_1_2) {
            assertThat(suite).startsWith("TLS_ECDHE_");
        }
    }

    @Test
    @DisplayName("TLS-3: a client that has CBC only is refused, and so is such a server")
    void refusesOldCiphers() throws Exception {
        String[] old = {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"};
        SettingsForTests settings = only(TlsVersion.TLS_1_2).identity(TestIdentities.ec());
        JdkPeer oldClient = JdkPeer.client(TlsVersion.TLS_1_2, old);
        JdkPeer oldServer = JdkPeer.server(TlsVersion.TLS_1_2, TestIdentities.ec(), old);
        TlsPair refusedClient = TlsPair.of(oldClient, server(settings).engine()).settle();
        TlsPair refusedServer =
                TlsPair.of(client(settings).engine(null, PEER), oldServer).settle();

        assertThat(refusedClient.server.fault().alert()).isEqualTo("handshake_failure");
        assertThat(refusedClient.server.fault()).hasMessageContaining("nothing in common");
        assertThat(refusedServer.client.fault().alert()).isEqualTo("handshake_failure");
    }

    @Test
    @DisplayName("semantics TLS-6: the server's order of ciphers counts")
    void prefersTheServersOrder() throws Exception {
        String chosen = pair(new SettingsForTests())
                .shakeHands()
                .server
                .engine
                .session()
                .cipherSuite();
        String[] others = Stream.of("TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256")
                .filter(suite -> !suite.equals(chosen))
                .toArray(String[]::new);
        TlsPair pair = TlsPair.of(
                JdkPeer.client(TlsVersion.TLS_1_3, others[0], others[1], chosen),
                server(new SettingsForTests()).engine());
        pair.shakeHands();

        assertThat(pair.server.engine.session().cipherSuite()).isEqualTo(chosen);
    }

    @Test
    void saysWhoseFaultItIsIfThereIsNoVersionInCommon() throws Exception {
        TlsPair pair = TlsPair.of(
                client(only(TlsVersion.TLS_1_2)).engine(null, PEER),
                server(only(TlsVersion.TLS_1_3)).engine());
        pair.settle();

        assertThat(pair.server.fault().alert()).isEqualTo("protocol_version");
        assertThat(pair.client.fault().alert()).isEqualTo("protocol_version");
        assertThat(pair.client.fault())
                .hasMessageContaining("the peer ended TLS")
                .hasMessageContaining("versions");
        assertThat(pair.client.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
        assertThat(pair.server.engine.need()).isEqualTo(TlsEngine.Need.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void tellsTheServerWhomTheClientAsksFor(TlsVersion version) throws Exception {
        SettingsForTests settings = only(version);
        TlsPair named = pair(settings).shakeHands();
        TlsPair nameless = TlsPair.of(
                client(settings).engine(null, "127.0.0.1:443"), server(settings).engine());
        nameless.shakeHands();

        assertThat(named.server.engine.session().serverName()).isEqualTo("server.test");
        assertThat(named.client.engine.session().serverName()).isEqualTo("server.test");
        assertThat(nameless.server.engine.session().serverName()).isNull();
        assertThat(nameless.client.engine.session().serverName()).isNull();
    }

    @Test
    @DisplayName("semantics TLS-4: without a name nothing of the peer's address is sent")
    void sendsNoNameThatWasNotGiven() throws Exception {
        for (boolean resumption : new boolean[] {true, false}) {
            TlsEnd end = new TlsEnd(
                    client(new SettingsForTests().resumption(resumption)).engine(null, "hidden.example.com:443"));
            end.go();

            assertThat(new String(end.sent.getFirst(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("hidden");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("semantics TLS-7: the first of the server's application protocols that the client offers")
    void takesTheServersFirstProtocol(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version)
                        .clientProtocols("http/1.0", "http/1.1", "h2")
                        .serverProtocols("h3", "h2", "http/1.1"))
                .shakeHands();

        assertThat(pair.client.engine.session().applicationProtocol()).isEqualTo("h2");
        assertThat(pair.server.engine.session().applicationProtocol()).isEqualTo("h2");
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("TLS-6: no common application protocol, no connection")
    void refusesOtherProtocols(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version).clientProtocols("imap").serverProtocols("h2", "http/1.1"))
                .settle();

        assertThat(pair.server.fault().alert()).isEqualTo("no_application_protocol");
        assertThat(pair.client.fault().alert()).isEqualTo("no_application_protocol");
        assertThat(pair.client.fault()).hasMessageContaining("ALPN");
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void needsNoProtocolWhereOneSideNamesNone(TlsVersion version) throws Exception {
        TlsPair silentServer = pair(only(version).clientProtocols("h2")).shakeHands();
        TlsPair silentClient = pair(only(version).serverProtocols("h2")).shakeHands();

        for (TlsPair pair : new TlsPair[] {silentServer, silentClient}) {
            assertThat(pair.client.engine.session().applicationProtocol()).isNull();
            assertThat(pair.server.engine.session().applicationProtocol()).isNull();
        }
    }

    @Test
    void refusesAProtocolThatCannotBeOffered() {
        String tooLong = "x".repeat(256);

        assertThatThrownBy(() -> client(new SettingsForTests().clientProtocols(tooLong)))
                .hasMessageContaining(tooLong);
        assertThatThrownBy(() -> server(new SettingsForTests().serverProtocols("")))
                .hasMessageContaining("ALPN");
    }

    @Test
    void takesRandomBitsFromTheGivenGenerator() throws Exception {
        SettingsForTests settings = new SettingsForTests();
        if (clients().whyNotDeterministic(null, false) != null) {
            return;
        }
        var asked = new boolean[1];
        settings.random(new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                asked[0] = true;
                super.nextBytes(bytes);
            }
        });
        new TlsEnd(client(settings).engine(null, PEER)).go();

        assertThat(asked[0]).isTrue();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void worksOnWhateverThread(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version).identity(TestIdentities.ec()));
        pair.client.elsewhere();
        pair.server.elsewhere();
        pair.shakeHands();
        pair.client.write("done elsewhere");
        pair.settle();

        assertThat(pair.server.text()).isEqualTo("done elsewhere");
    }

    @Test
    void hasNoWorkBeforeItIsAskedForAny() throws Exception {
        TlsEngine engine = server(new SettingsForTests()).engine();

        assertThat(engine.need()).isEqualTo(TlsEngine.Need.INPUT);
        assertThatThrownBy(engine::work).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(engine::session).isInstanceOf(IllegalStateException.class);
        assertThat(client(new SettingsForTests()).engine(null, PEER).need()).isEqualTo(TlsEngine.Need.OUTPUT);
    }
}
