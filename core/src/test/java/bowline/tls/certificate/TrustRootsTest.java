package bowline.tls.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS-14: whom to trust.
class TrustRootsTest {

    @TempDir
    private Path folder;

    private final CertificateMaker maker = new CertificateMaker(SeededRandom.of(5), () -> Instant.EPOCH);
    private final PrivateAuthority one = maker.authority("One");
    private final PrivateAuthority two = maker.authority("Two");

    private Path file(String name, PrivateAuthority... authorities) throws Exception {
        return Files.writeString(
                folder.resolve(name),
                "around\n"
                        + CertificateReader.pem(List.of(authorities).stream()
                                .map(PrivateAuthority::certificate)
                                .toList()));
    }

    @Test
    void filesAndFolders() throws Exception {
        Path both = file("both.pem", one, two);
        file("one.crt", one);
        file("two.0", two);
        Files.writeString(folder.resolve("README"), "no certificate");

        assertThat(TrustRoots.pemFile(both).certificates()).containsExactly(one.certificate(), two.certificate());
        assertThat(TrustRoots.directory(folder).certificates())
                .containsExactlyInAnyOrder(one.certificate(), two.certificate());
        assertThat(TrustRoots.directory(folder)).hasToString(folder.toString());
    }

    @Test
    void severalTogether() {
        TrustRoots both = one.trust().and(two.trust()).and(one.trust());
        assertThat(both.certificates()).containsExactly(one.certificate(), two.certificate());
    }

    @Test
    void whatHasNothingInIt() throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustRoots.of(List.of()));
        Path empty = Files.writeString(folder.resolve("empty.txt"), "-----BEGIN A-----\n-----END A-----\n");
        assertThat(catchThrowableOfType(UnusableMaterial.class, () -> TrustRoots.pemFile(empty)))
                .hasMessage(empty + ": there is no certificate in it; is it the right file?");
        assertThat(catchThrowableOfType(UnusableMaterial.class, () -> TrustRoots.directory(folder)))
                .hasMessageContaining("no file in it ends in .pem, .crt or .cer");
        assertThat(catchThrowableOfType(UnusableMaterial.class, () -> TrustRoots.directory(empty)))
                .hasMessageContaining("it cannot be read");
    }

    private TrustRoots platform(Map<String, String> environment, Path... bundles) throws Exception {
        return new PlatformRoots(_ -> null, environment, List.of(bundles)).read();
    }

    @Test
    void thePlatformIsWhatTheSystemSays() throws Exception {
        Path ofOne = file("one.pem", one);
        Path ofTwo = file("two.pem", two);
        Path nowhere = folder.resolve("nowhere");
        assertThat(platform(Map.of(), nowhere, ofOne, ofTwo).certificates()).containsExactly(one.certificate());
        assertThat(platform(Map.of("SSL_CERT_FILE", ofTwo.toString()), ofOne).certificates())
                .containsExactly(two.certificate());
        assertThat(platform(Map.of("SSL_CERT_FILE", ofTwo.toString(), "SSL_CERT_DIR", folder.toString()))
                        .certificates())
                .containsExactlyInAnyOrder(one.certificate(), two.certificate());
        assertThat(catchThrowableOfType(
                        UnusableMaterial.class, () -> platform(Map.of("SSL_CERT_FILE", nowhere.toString()), ofOne)))
                .hasMessageContaining("there is no such file");
        assertThat(platform(Map.of()).certificates()).isNotEmpty(); // the JDK's
    }

    @Test
    void whatAPlatformsBundleHasThatCannotBeReadIsLeftOut() throws Exception {
        Path bundle = Files.writeString(
                folder.resolve("bundle"),
                PemBlock.text("CERTIFICATE", new byte[] {0x30, 0}) + CertificateReader.pem(List.of(one.certificate())));
        assertThat(platform(Map.of(), bundle).certificates()).containsExactly(one.certificate());
        assertThat(catchThrowableOfType(UnusableMaterial.class, () -> TrustRoots.pemFile(bundle)))
                .hasMessageStartingWith(bundle + ", line 1: this is no certificate that can be read");
    }

    @Test
    void pinsInAllSpellings() {
        KeyPin pin = KeyPin.of(one.certificate().getPublicKey());
        String text = pin.toString();
        byte[] hash = java.util.Base64.getDecoder().decode(text.substring("sha256/".length()));
        assertThat(KeyPin.parse(text)).isEqualTo(pin).hasSameHashCodeAs(pin);
        assertThat(KeyPin.parse(text.replace("sha256/", "sha256//"))).isEqualTo(pin);
        assertThat(KeyPin.parse(HexFormat.of().formatHex(hash))).isEqualTo(pin);
        assertThat(KeyPin.parse(HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash)))
                .isEqualTo(pin);
        assertThat(pin).isNotEqualTo(KeyPin.of(two.certificate().getPublicKey()));
        for (String bad : List.of("", "sha256/", "sha256/AAAA", "md5/x", "zz", "00")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyPin.parse(bad))
                    .withMessageContaining("is no pin of a key");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> PinnedKeys.of());
    }
}
