package bowline.tls.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.tls.engine.SettingsForTests;
import bowline.tls.engine.TestIdentities;
import bowline.tls.engine.TlsEnd;
import bowline.tls.engine.TlsPair;
import bowline.tls.engine.TlsVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Under a seed a conversation is the same to the byte, so that a simulation can be repeated.
class JsseDeterminismTest {

    private final JsseProvider provider = new JsseProvider();

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void saysTheSameBytesUnderTheSameSeed(TlsVersion version) throws Exception {
        assertThat(conversation(version, 1)).isEqualTo(conversation(version, 1));
        assertThat(conversation(version, 1)).isNotEqualTo(conversation(version, 2));
    }

    @Test
    void saysTheSameBytesInAnotherJvm() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        JsseDeterminismTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();

        assertThat(said).isEqualTo(conversation(TlsVersion.TLS_1_3, 3));
    }

    @Test
    void saysWhyASimulationCannotBeRepeated() {
        assertThat(provider.whyNotDeterministic(TestIdentities.ed25519(), false))
                .isNull();
        assertThat(provider.whyNotDeterministic(null, false)).isNull();
        assertThat(provider.whyNotDeterministic(TestIdentities.ec(), false)).contains("EC", "Ed25519");
        assertThat(provider.whyNotDeterministic(TestIdentities.rsa(), false)).contains("RSA", "Ed25519");
        assertThat(provider.whyNotDeterministic(TestIdentities.ed25519(), true)).contains("resumption");
    }

    /// For the other JVM.
    public static void main(String[] arguments) throws Exception {
        System.out.println(conversation(TlsVersion.TLS_1_3, 3));
    }

    /// All that both sides sent, by its digest.
    private static String conversation(TlsVersion version, long seed) throws Exception {
        var provider = new JsseProvider();
        var settings = new SettingsForTests().versions(version, version).random(new Seeded(seed));
        var pair = TlsPair.of(
                provider.client(settings.client()).engine("server.test", "server.test:443"),
                provider.server(settings.server()).engine());
        pair.shakeHands();
        pair.client.write("question");
        pair.server.write("answer");
        pair.settle();
        pair.client.engine.endOutput();
        pair.server.engine.endOutput();
        pair.settle();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (TlsEnd end : new TlsEnd[] {pair.client, pair.server}) {
            for (byte[] record : end.sent) {
                digest.update(ByteBuffer.allocate(4).putInt(record.length).flip());
                digest.update(record);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Bits that a seed decides.
    private static final class Seeded extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final transient Random dice;

        Seeded(long seed) {
            this.dice = new Random(seed);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            dice.nextBytes(bytes);
        }
    }
}
