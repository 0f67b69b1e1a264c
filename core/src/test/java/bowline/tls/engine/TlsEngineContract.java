package bowline.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import bowline.tls.engine.TlsProvider.ClientContext;
import bowline.tls.engine.TlsProvider.ServerContext;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What every implementation of TLS keeps to, as a client of one and a server of the same or another.
public abstract class TlsEngineContract {

    private static final String PEER = "server.test:443";

    /// Whose clients are tested.
    protected abstract TlsProvider clients();

    /// Whose servers are tested.
    protected abstract TlsProvider servers();

    private ClientContext client(SettingsForTests settings) throws Exception {
        return clients().client(settings.client());
    }

    private ServerContext server(SettingsForTests settings) throws Exception {
        return servers().server(settings.server());
    }

    private TlsPair pair(SettingsForTests settings) throws Exception {
        return TlsPair.of(
                client(settings).engine("server.test", PEER), server(settings).engine());
    }

    private static SettingsForTests only(TlsVersion version) {
        return new SettingsForTests().versions(version, version);
    }

    static Stream<TlsIdentity> identities() {
        return Stream.of(TestIdentities.ed25519(), TestIdentities.ec(), TestIdentities.rsa());
    }

    // Handshakes

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void agreesUponTheOnlyVersion(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version)).shakeHands();

        assertThat(pair.client.engine.session().version()).isEqualTo(version);
        assertThat(pair.server.engine.session().version()).isEqualTo(version);
        assertThat(pair.client.engine.need()).isEqualTo(TlsEngine.Need.NOTHING);
        assertThat(pair.server.engine.need()).isEqualTo(TlsEngine.Need.NOTHING);
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
            assertThat(session.resumed()).isFalse();
            assertThat(pair.server.engine.session().localCertificates()).isEqualTo(identity.chain());
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
    }

    @Test
    @DisplayName("semantics TLS-4: without a name nothing of the peer's address is sent")
    void sendsNoNameThatWasNotGiven() throws Exception {
        TlsEnd end = new TlsEnd(client(new SettingsForTests()).engine(null, "hidden.example.com:443"));
        end.go();

        assertThat(new String(end.sent.getFirst(), StandardCharsets.ISO_8859_1)).doesNotContain("hidden");
    }

    // Plain text

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void carriesPlainTextBothWays(TlsVersion version) throws Exception {
        TlsPair pair = pair(only(version));
        pair.client.write("early, so it waits");
        pair.shakeHands();
        pair.server.write("answer");
        pair.settle();

        assertThat(pair.server.text()).isEqualTo("early, so it waits");
        assertThat(pair.client.text()).isEqualTo("answer");
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("TLS-11: what is long goes in full records")
    void carriesMuch(TlsVersion version) throws Exception {
        byte[] much = new byte[1_000_003];
        new Random(7).nextBytes(much);
        TlsPair pair = pair(only(version)).shakeHands();
        int handshake = pair.client.sent.size();
        pair.client.write(much);
        pair.settle();

        assertThat(pair.server.plain.toByteArray()).isEqualTo(much);
        assertThat(pair.client.sent)
                .hasSize(handshake + (much.length + TlsEngine.RECORD_MAX_BYTES - 1) / TlsEngine.RECORD_MAX_BYTES);
    }

    // Resumption

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void resumesAndSaysSo(TlsVersion version) throws Exception {
        SettingsForTests settings = only(version).resumption(true).applicationProtocols("h2");
        try (ClientContext client = client(settings);
                ServerContext server = server(settings)) {
            TlsPair first = TlsPair.of(client.engine("server.test", PEER), server.engine());
            first.shakeHands();
            TlsPair second = TlsPair.of(client.engine("server.test", PEER), server.engine());
            second.shakeHands();
            TlsPair third = TlsPair.of(client.engine("server.test", PEER), server.engine());
            third.shakeHands();

            assertThat(first.client.engine.session().resumed()).isFalse();
            assertThat(first.server.engine.session().resumed()).isFalse();
            for (TlsEnd end : List.of(second.client, second.server, third.client, third.server)) {
                assertThat(end.engine.session().resumed()).isTrue();
                assertThat(end.engine.session().serverName()).isEqualTo("server.test");
                assertThat(end.engine.session().applicationProtocol()).isEqualTo("h2");
            }
            assertThat(second.client.engine.session().peerCertificates())
                    .isEqualTo(settings.identity().chain());
            assertThat(settings.serverVerdicts).isEqualTo(1);
        }
    }

    // Certificates

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void keepsTheVerifiersWords(TlsVersion version) throws Exception {
        SettingsForTests settings =
                only(version).refuseServer(new CertificateException("the certificate of server.test is from the moon"));
        TlsPair pair = pair(settings).settle();

        assertThat(pair.client.fault()).hasMessage("the certificate of server.test is from the moon");
        assertThat(pair.client.fault()).hasCause(settings.refusal());
        assertThat(pair.client.fault().alert()).isNotNull();
        assertThat(pair.server.fault().alert()).isEqualTo(pair.client.fault().alert());
        assertThatThrownBy(pair.client.engine::session).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("TLS-5: a client shows its certificate, and the server's verifier has the say")
    void provesTheClient(TlsVersion version) throws Exception {
        SettingsForTests settings =
                only(version).clientCertificates(ClientCertificates.REQUIRED).clientIdentity(TestIdentities.client());
        TlsPair pair = pair(settings).shakeHands();

        assertThat(pair.server.engine.session().peerCertificates())
                .isEqualTo(TestIdentities.client().chain());
        assertThat(pair.client.engine.session().localCertificates())
                .isEqualTo(TestIdentities.client().chain());
    }
}
