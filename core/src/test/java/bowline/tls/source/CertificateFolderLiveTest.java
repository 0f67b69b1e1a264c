package bowline.tls.source;

import static bowline.tls.source.Makings.asking;
import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.reactor.Reactor;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.PrivateAuthority;
import bowline.tls.certificate.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder of certificates on a real reactor, watched as folders are.
class CertificateFolderLiveTest {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final FolderOptions OPTIONS = FolderOptions.DEFAULT.settle(Duration.ofMillis(20));

    @TempDir
    private Path temporary;

    private Path folder;
    private final Reactor reactor = Reactor.create("nio");
    private final PrivateAuthority authority =
            new CertificateMaker(new SecureRandom(), reactor::now).authority("Tests");
    private Failure failure;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Files.createDirectory(temporary.resolve("certificates"));
    }

    /// Puts it there whole, as those do who renew certificates.
    private void put(String name, TlsIdentity identity) throws Exception {
        Path beside = temporary.resolve("new.pem");
        Makings.write(beside, identity);
        Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private Deferred<X509Certificate> answer(CertificateFolder certificates, String name) {
        return certificates
                .identity(asking(name))
                .addCallback(server -> server.identity().certificate());
    }

    /// Fires when the folder answers with this.
    private Deferred<CertificateFolder> until(CertificateFolder certificates, String name, TlsIdentity expected) {
        var seen = new Deferred<CertificateFolder>();
        look(certificates, name, expected, seen);
        return seen;
    }

    private void look(
            CertificateFolder certificates, String name, TlsIdentity expected, Deferred<CertificateFolder> seen) {
        answer(certificates, name).addErrback(_ -> authority.certificate()).addCallback(found -> {
            if (found.equals(expected.certificate())) {
                seen.callback(certificates);
            } else {
                reactor.callLater(LOOK, () -> look(certificates, name, expected, seen));
            }
            return found;
        });
    }

    private void run(Deferred<?> story) {
        reactor.callLater(TIME_LIMIT, () -> story.cancel());
        story.onFailure(found -> failure = found).addErrback(_ -> null).addBoth((_, _) -> {
            reactor.callWhenRunning(reactor::stop);
            return 0;
        });
        reactor.run(false);
        assertThat(failure).isNull();
    }

    @Test
    @DisplayName("TLS-16: certificates come and are renewed while it runs")
    void comesAndIsRenewed() throws Exception {
        TlsIdentity first = authority.server("a.example");
        TlsIdentity second = authority.server("a.example");
        TlsIdentity other = authority.server("b.example");
        TlsIdentity deep = authority.server("c.example");
        put("a.pem", first);

        run(CertificateFolder.open(reactor, folder, OPTIONS)
                .addCallbackDeferring(certificates -> until(certificates, "a.example", first))
                .onSuccess(_ -> put("a.pem", second))
                .addCallbackDeferring(certificates -> until(certificates, "a.example", second))
                .onSuccess(_ -> put("b.pem", other))
                .addCallbackDeferring(certificates -> until(certificates, "b.example", other))
                .onSuccess(_ -> {
                    Path inside = folder.resolve("live/c.example");
                    Files.createDirectories(inside);
                    Makings.writeChain(inside.resolve("fullchain.pem"), deep);
                    Makings.writeKey(inside.resolve("privkey.pem"), deep);
                })
                .addCallbackDeferring(certificates -> until(certificates, "c.example", deep))
                .onSuccess(certificates -> {
                    assertThat(certificates.stats().identities()).isEqualTo(3);
                    certificates.close();
                }));
    }

    @Test
    @DisplayName("links that are turned elsewhere, as certbot and others do")
    void linksAreTurned() throws Exception {
        TlsIdentity first = authority.server("a.example");
        TlsIdentity second = authority.server("a.example");
        Path archive = Files.createDirectory(temporary.resolve("archive"));
        Makings.write(archive.resolve("1.pem"), first);
        Makings.write(archive.resolve("2.pem"), second);
        Files.createSymbolicLink(folder.resolve("a.pem"), archive.resolve("1.pem"));

        run(PemFileSource.open(reactor, folder.resolve("a.pem"), folder.resolve("a.pem"), OPTIONS)
                .onSuccess(PemFileSource::close)
                .addCallbackDeferring(_ -> CertificateFolder.open(reactor, folder, OPTIONS))
                .addCallbackDeferring(certificates -> until(certificates, "a.example", first))
                .onSuccess(_ -> {
                    Path turned = Files.createSymbolicLink(temporary.resolve("link"), archive.resolve("2.pem"));
                    Files.move(turned, folder.resolve("a.pem"), StandardCopyOption.ATOMIC_MOVE);
                })
                .addCallbackDeferring(certificates -> until(certificates, "a.example", second))
                .onSuccess(CertificateFolder::close));
    }
}
