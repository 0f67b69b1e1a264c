package bowline.tls.source;

import bowline.testing.MemoryReactor;
import bowline.tls.CertificateNames;
import bowline.tls.ServerIdentity;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.CertificateReader;
import bowline.tls.certificate.IdentityReader;
import bowline.tls.certificate.KeyKind;
import bowline.tls.certificate.PrivateAuthority;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.hello.ClientHello;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Authorities, certificates and clients for tests of sources.
final class Makings {
    static final int ECDSA_P256 = 0x0403;
    static final int RSA_PSS = 0x0804;
    private static final int TLS_1_2 = 0x0303;
    private static final int TLS_1_3 = 0x0304;

    private final SecureRandom random = new SecureRandom();
    private final MemoryReactor reactor;
    final PrivateAuthority authority;

    Makings(MemoryReactor reactor) {
        this.reactor = reactor;
        authority = maker(Duration.ofDays(3650)).authority("Tests");
    }

    private CertificateMaker maker(Duration validity) {
        return new CertificateMaker(random, reactor::now).validity(validity);
    }

    /// For 90 days.
    TlsIdentity server(String... names) {
        return server(Duration.ofDays(90), names);
    }

    TlsIdentity server(Duration validity, String... names) {
        return new PrivateAuthority(authority.identity(), maker(validity)).server(names);
    }

    TlsIdentity rsa(Duration validity, String... names) {
        return new PrivateAuthority(authority.identity(), maker(validity).keys(KeyKind.RSA_2048)).server(names);
    }

    /// Key and chain in one file.
    static void write(Path file, TlsIdentity identity) throws IOException {
        replace(file, IdentityReader.pem(identity));
    }

    static void writeChain(Path file, TlsIdentity identity) throws IOException {
        replace(file, CertificateReader.pem(identity.chain()));
    }

    static void writeKey(Path file, TlsIdentity identity) throws IOException {
        replace(file, IdentityReader.keyPem(identity));
    }

    static void replace(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        keep(file);
    }

    static void keep(Path file) {
        file.toFile().setReadable(false, false);
        file.toFile().setReadable(true, true);
    }

    /// Who can do everything.
    static ClientHello asking(@Nullable String name) {
        return asking(name, List.of(ECDSA_P256, RSA_PSS));
    }

    static ClientHello asking(@Nullable String name, List<Integer> schemes) {
        return new ClientHello(name, List.of(), schemes, List.of(TLS_1_3, TLS_1_2), List.of(0x1301, 0xC02F), false);
    }

    /// Of TLS 1.2 alone.
    static ClientHello old(@Nullable String name, List<Integer> suites, List<Integer> schemes) {
        return new ClientHello(name, List.of(), schemes, List.of(TLS_1_2), suites, false);
    }

    static LoadedIdentity loaded(String name, ServerIdentity server) {
        return new LoadedIdentity(
                name, name, server, CertificateNames.of(server.identity().certificate()), null);
    }

    static Instant end(TlsIdentity identity) {
        return identity.certificate().getNotAfter().toInstant();
    }
}
