package bowline.bench.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the servers prove themselves with: a key and a certificate that it has signed itself, made by `openssl` once.
enum Identity {
    /// A key on P-256.
    EC("ec -pkeyopt ec_paramgen_curve:P-256"),
    /// A key of 2048 bits.
    RSA("rsa:2048");

    /// Where all that is made at run time lies.
    static final Path FOLDER = Path.of("bench/target/tls").toAbsolutePath();

    private final String kind;

    /// @param kind as `openssl req` takes it
    Identity(String kind) {
        this.kind = kind;
    }

    /// The private key, in PEM as PKCS#8.
    Path key() {
        return FOLDER.resolve(name().toLowerCase(Locale.ROOT) + ".key");
    }

    /// The certificate, in PEM.
    Path certificate() {
        return FOLDER.resolve(name().toLowerCase(Locale.ROOT) + ".pem");
    }

    /// Makes those of all that are not there.
    static void makeAll() {
        for (Identity each : values()) {
            if (!Files.exists(each.certificate())) {
                each.make();
            }
        }
    }

    private void make() {
        var command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-days", "3650", "-newkey"));
        command.addAll(List.of(kind.split(" ")));
        command.addAll(List.of("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"));
        command.addAll(
                List.of("-keyout", key().toString(), "-out", certificate().toString()));
        try {
            Files.createDirectories(FOLDER);
            Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (made.waitFor() != 0) {
                throw new IOException(said.strip());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot make a certificate by " + command, failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("stopped while a certificate was made", stopped);
        }
    }
}
