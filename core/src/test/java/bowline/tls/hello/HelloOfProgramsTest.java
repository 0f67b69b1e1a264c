package bowline.tls.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What programs really say first. The files of the resources hold the first record of each, as it came to a socket
/// that listened at port 4433 and answered nothing; their first line is the command.
class HelloOfProgramsTest {
    private static final int ECDSA_P256_SHA256 = 0x0403;
    private static final int RSA_PSS_SHA256 = 0x0804;
    private static final int AES_128_GCM_SHA256 = 0x1301;
    private static final int ECDHE_RSA_AES_128_GCM = 0xC02F;

    private static byte[] captured(String name) throws IOException {
        try (InputStream file = HelloOfProgramsTest.class.getResourceAsStream(name + ".hex")) {
            String hex = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining());
            return HexFormat.of().parseHex(hex);
        }
    }

    /// In one record, in records of so many bytes, and each of them a byte at a time: the same.
    private static ClientHello read(byte[] wire) {
        ClientHello hello = whole(wire);
        byte[] message = new byte[wire.length - 5];
        System.arraycopy(wire, 5, message, 0, message.length);
        for (int fragmentBytes : List.of(1, 3, 100, message.length)) {
            byte[] records = HelloBytes.records(message, fragmentBytes);
            assertThat(whole(records)).isEqualTo(hello);
            var machine = new ClientHelloMachine(ClientHelloLimits.DEFAULT);
            for (int length = 0; length < records.length; length++) {
                assertThat(machine.next(ByteBuffer.wrap(records, 0, length))).isNull();
            }
            assertThat(machine.next(ByteBuffer.wrap(records))).isEqualTo(hello);
        }
        return hello;
    }

    private static ClientHello whole(byte[] wire) {
        return Objects.requireNonNull(new ClientHelloMachine(ClientHelloLimits.DEFAULT).next(ByteBuffer.wrap(wire)));
    }

    @ParameterizedTest
    @CsvSource({
        "openssl-3.0, www.example.org, h2 http/1.1, 772, false",
        "openssl-3.0-tls12, www.example.org, '', 771, false",
        "openssl-3.0-noservername, , '', 772, false",
        "gnutls-3.7, www.example.org, h2 http/1.1, 772, false",
        "gnutls-3.7-tls12, www.example.org, '', 771, false",
        "curl-7.88, www.example.org, h2 http/1.1, 772, false",
    })
    @DisplayName("TLS-2: openssl, gnutls and curl")
    void ofOthers(String name, @Nullable String serverName, String protocols, int highest, boolean resuming)
            throws IOException {
        ClientHello hello = read(captured(name));

        assertThat(hello.serverName()).isEqualTo(serverName);
        assertThat(String.join(" ", hello.applicationProtocols())).isEqualTo(protocols);
        assertThat(hello.versions().getFirst()).isEqualTo(highest);
        assertThat(hello.resuming()).isEqualTo(resuming);
        assertThat(hello.signatureSchemes()).contains(ECDSA_P256_SHA256, RSA_PSS_SHA256);
        assertThat(hello.cipherSuites())
                .contains(ECDHE_RSA_AES_128_GCM)
                .matches(suites -> suites.contains(AES_128_GCM_SHA256) == (highest > 771));
    }

    private static SSLEngine client(String... protocols) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine engine = context.createSSLEngine("www.example.org", 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("www.example.org")));
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        parameters.setProtocols(protocols);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static byte[] firstRecord(SSLEngine engine) throws Exception {
        ByteBuffer wire = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), wire);
        byte[] bytes = new byte[wire.flip().remaining()];
        wire.get(bytes);
        return bytes;
    }

    @Test
    @DisplayName("TLS-2: the JDK, for both versions")
    void ofTheJdk() throws Exception {
        ClientHello both = read(firstRecord(client("TLSv1.3", "TLSv1.2")));
        assertThat(both.serverName()).isEqualTo("www.example.org");
        assertThat(both.applicationProtocols()).containsExactly("h2", "http/1.1");
        assertThat(both.versions()).containsExactly(0x0304, 0x0303);
        assertThat(both.signatureSchemes()).contains(ECDSA_P256_SHA256);
        assertThat(both.resuming()).isFalse();

        ClientHello old = read(firstRecord(client("TLSv1.2")));
        assertThat(old.versions()).containsExactly(0x0303);
        assertThat(old.cipherSuites()).contains(ECDHE_RSA_AES_128_GCM).doesNotContain(AES_128_GCM_SHA256);
    }
}
