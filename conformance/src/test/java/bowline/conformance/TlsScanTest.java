package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.conformance.TlsPeers.Served;
import bowline.tls.TlsServerOptions;
import bowline.tls.certificate.KeyKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TLS-3 of the security rules, as `sslscan` sees our server.
class TlsScanTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @DisplayName("TLS-3: no old version, no weak cipher suite, no renegotiation")
    @CsvSource({"jsse, EC_P256", "jsse, RSA_2048", "openssl, EC_P256", "openssl, RSA_2048"})
    void nothingWeak(String provider, KeyKind kind) throws Exception {
        Foreign.require("sslscan");
        try (TlsPeers peers = new TlsPeers(folder)) {
            TlsServerOptions options = TlsServerOptions.forIdentity(
                            TlsPeers.maker().keys(kind).authority("Scanned").server("localhost"))
                    .provider(TlsPeers.provider(provider))
                    .build();
            Served served = peers.listen(options);
            String scan = Foreign.run("sslscan", "--no-colour", "--sni-name=localhost", served.target())
                    .text();
            for (String old : List.of("SSLv2", "SSLv3", "TLSv1.0", "TLSv1.1")) {
                assertThat(scan).containsPattern("(?m)^" + old + " +disabled");
            }
            for (String known : List.of("TLSv1.2", "TLSv1.3")) {
                assertThat(scan).containsPattern("(?m)^" + known + " +enabled");
            }
            assertThat(scan).contains("Session renegotiation not supported");
            List<String> accepted = scan.lines()
                    .filter(line -> line.startsWith("Preferred") || line.startsWith("Accepted"))
                    .toList();
            assertThat(accepted).as(scan).hasSizeGreaterThanOrEqualTo(4);
            assertThat(accepted)
                    .allSatisfy(line -> assertThat(line)
                            .containsPattern(
                                    "TLS_(AES|CHACHA20)_|ECDHE-(ECDSA|RSA)-(AES(128|256)-GCM|CHACHA20-POLY1305)"));
            assertThat(scan)
                    .doesNotContain("Insecure")
                    .doesNotContain("secp192")
                    .doesNotContain("sect");
        }
    }
}
