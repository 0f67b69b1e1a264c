package bowline.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.TestIdentities;
import bowline.tls.engine.TlsProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is offered, and what is refused when a context is made (TLS-15).
class ProviderTest {

    @Test
    void itIsFoundByItsName() {
        assertThat(ServiceLoader.load(TlsProvider.class))
                .extracting(TlsProvider::name)
                .contains("openssl");
    }

    @Test
    void itLacksNothing() {
        assertThat(Openssl.provider().lacks()).isEmpty();
    }

    @Test
    void aSimulationHearsWhyNot() {
        assertThat(Openssl.provider().whyNotDeterministic(null, false)).isNotNull();
    }

    @Test
    void aGeneratorCannotBeGiven() {
        var setup = new Setup();
        setup.random = new SecureRandom();

        assertThatThrownBy(setup::client)
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("provider jsse");
        assertThatThrownBy(setup::server)
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("provider jsse");
    }

    @Test
    void aKeyThatIsKeptElsewhereIsRefusedWithWords() {
        var setup = new Setup();
        setup.identity = with(new HiddenKey("EC"));

        assertThatThrownBy(setup::server)
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("CN=server.test")
                .hasMessageContaining("cannot be exported")
                .hasMessageContaining("HiddenKey");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() {
        var setup = new Setup();
        setup.identity = with(new HiddenKey("DSA"));

        assertThatThrownBy(setup::server)
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("DSA")
                .hasMessageContaining("take one of");
    }

    @Test
    void aKeyThatIsNotOfTheCertificateIsRefused() {
        var setup = new Setup();
        setup.identity = with(TestIdentities.client().key());
        var client = new Setup();
        client.clientIdentity = with(TestIdentities.rsa().key());

        assertThatThrownBy(setup::server)
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("cannot be used together");
        assertThatThrownBy(client::client)
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("cannot be used together");
    }

    @Test
    @DisplayName("TLS-3: no keys that are too short")
    void aShortKeyIsRefused() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        var setup = new Setup();
        setup.identity = with(generator.generateKeyPair().getPrivate());

        assertThatThrownBy(setup::server).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aProtocolWithoutANameIsRefused() {
        var setup = new Setup();
        setup.offered = List.of("h2", "");
        setup.spoken = List.of("x".repeat(256));

        assertThatThrownBy(setup::client).hasMessageContaining("1 to 255 bytes");
        assertThatThrownBy(setup::server).hasMessageContaining("1 to 255 bytes");
    }

    @Test
    void aNameThatIsTooLongIsRefused() throws Exception {
        var setup = new Setup();
        setup.client();

        assertThatThrownBy(() -> setup.client().engine("a".repeat(300), Setup.PEER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TlsIdentity with(PrivateKey key) {
        return new TlsIdentity(key, TestIdentities.ec().chain(), null);
    }

    private record HiddenKey(String algorithm) implements PrivateKey {
        @Override
        public String getAlgorithm() {
            return algorithm;
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }
}
