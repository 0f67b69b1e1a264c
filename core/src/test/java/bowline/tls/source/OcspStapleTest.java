package bowline.tls.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import bowline.tls.certificate.CertificateReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS-16: OCSP responses as OpenSSL 3.0 makes them. The first line of each file is the command.
class OcspStapleTest {
    private static final Instant MADE = Instant.parse("2026-11-22T03:19:46Z");

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = OcspStapleTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static byte[] response(String kind) throws IOException {
        String hex = new String(resource("ocsp-" + kind + ".hex"), StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining());
        return HexFormat.of().parseHex(hex);
    }

    private static X509Certificate certificate() throws Exception {
        return CertificateReader.bytes("server.pem", resource("server.pem")).getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1", "sha256"})
    void goodUntilItsEnd(String kind) throws Exception {
        byte[] response = response(kind);
        Instant end = MADE.plus(Duration.ofDays(7));

        assertThat(OcspStaple.end(response, certificate(), MADE)).isEqualTo(end);
        assertThat(OcspStaple.end(response, certificate(), end.minusSeconds(1))).isEqualTo(end);
        assertThatThrownBy(() -> OcspStaple.end(response, certificate(), end))
                .hasMessage("it was good until " + end + "; it must be fetched anew");
    }

    @Test
    void withoutAnEndItIsUsedForADay() throws Exception {
        assertThat(OcspStaple.end(response("endless"), certificate(), MADE)).isEqualTo(MADE.plus(Duration.ofDays(1)));
    }

    @Test
    void clocksMayDifferABit() throws Exception {
        byte[] response = response("sha1");

        OcspStaple.end(response, certificate(), MADE.minus(Duration.ofMinutes(15)));
        assertThatThrownBy(() -> OcspStaple.end(response, certificate(), MADE.minus(Duration.ofMinutes(16))))
                .hasMessage("it is good from " + MADE + " on only");
    }

    @Test
    void anAuthorityThatCannotAnswer() throws Exception {
        byte[] tryLater = {0x30, 3, 0x0A, 1, 3};

        assertThatThrownBy(() -> OcspStaple.end(tryLater, certificate(), MADE))
                .hasMessage("the authority did not answer, but said that it could not");
    }

    @Test
    @DisplayName("whatever is in the file, it is read or refused")
    void anyBytes() throws Exception {
        byte[] good = response("sha256");
        X509Certificate certificate = certificate();
        Property.check(2_000, Generators.bytes(6), changes -> {
            byte[] wire = good.clone();
            for (int i = 0; i + 2 < changes.length; i += 3) {
                wire[((changes[i] & 0xFF) << Byte.SIZE | (changes[i + 1] & 0xFF)) % wire.length] = changes[i + 2];
            }
            try {
                OcspStaple.end(wire, certificate, MADE);
            } catch (CertificateException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        });
    }
}
