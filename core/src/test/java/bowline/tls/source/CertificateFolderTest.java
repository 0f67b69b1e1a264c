package bowline.tls.source;

import static bowline.tls.source.Makings.asking;
import static bowline.tls.source.Makings.replace;
import static bowline.tls.source.Makings.write;
import static bowline.tls.source.Makings.writeChain;
import static bowline.tls.source.Makings.writeKey;
import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.file.FileEvent;
import bowline.file.FileListener;
import bowline.log.CapturedLogs;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import bowline.testing.DeferredAssertions;
import bowline.testing.MemoryReactor;
import bowline.tls.ServerIdentity;
import bowline.tls.UnknownServerName;
import bowline.tls.certificate.CertificateReader;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder of certificates, in a time that the test plays: the files are real, who watches them is not.
class CertificateFolderTest {
    private static final Duration SETTLE = FolderOptions.DEFAULT.settle();

    @TempDir
    private Path folder;

    private final MemoryReactor reactor = new MemoryReactor();
    private final Makings makings = new Makings(reactor);
    private final Sight sight = new Sight();
    private CapturedLogs logs;

    private static final class Sight implements FolderSight {
        private @Nullable FileListener listener;
        private @Nullable IOException refusal;
        private int watched;

        @Override
        public Runnable watch(FileListener given) throws IOException {
            if (refusal != null) {
                throw refusal;
            }
            listener = given;
            watched++;
            return () -> listener = null;
        }

        void changed() throws Exception {
            Objects.requireNonNull(listener).fileChanged(new FileEvent.Overflow());
        }

        void lost() {
            Objects.requireNonNull(listener).watchLost(Failure.of(new IOException("gone")));
        }
    }

    @BeforeEach
    void listen() {
        logs = CapturedLogs.open();
        reactor.start();
    }

    @AfterEach
    void listenNoMore() {
        logs.close();
    }

    private Deferred<CertificateFolder> opening(FolderOptions options) {
        Deferred<CertificateFolder> opening =
                CertificateFolder.open(reactor, folder, options, new PemLoader(reactor::now), sight);
        reactor.advance(Duration.ZERO);
        return opening;
    }

    private CertificateFolder open(FolderOptions options) {
        return DeferredAssertions.successResultOf(opening(options));
    }

    private CertificateFolder open() {
        return open(FolderOptions.DEFAULT);
    }

    private String refusal(FolderOptions options) {
        return DeferredAssertions.failureResultOf(opening(options)).message();
    }

    private static ServerIdentity answer(CertificateFolder certificates, @Nullable String name) {
        return DeferredAssertions.successResultOf(certificates.identity(asking(name)));
    }

    private void changed() throws Exception {
        sight.changed();
        reactor.advance(SETTLE);
    }

    private List<String> said(LogLevel level) {
        return logs.events().stream()
                .filter(event -> event.level() == level)
                .map(LogEvent::text)
                .map(text -> text.replace(folder.toString(), "DIR"))
                .toList();
    }

    // What is there

    @Test
    @DisplayName("END-8, TLS-14: every form of files that people have")
    void everyForm() throws Exception {
        TlsIdentity both = makings.server("both.example");
        TlsIdentity pair = makings.server("pair.example");
        TlsIdentity dashed = makings.server("dashed.example");
        TlsIdentity certbot = makings.server("certbot.example");
        TlsIdentity plain = makings.server("plain.example");
        write(folder.resolve("both.pem"), both);
        writeChain(folder.resolve("pair.crt"), pair);
        writeKey(folder.resolve("pair.key"), pair);
        writeChain(folder.resolve("dashed.pem"), dashed);
        writeKey(folder.resolve("dashed-key.pem"), dashed);
        writeChain(folder.resolve("live/certbot.example/fullchain.pem"), certbot);
        writeKey(folder.resolve("live/certbot.example/privkey.pem"), certbot);
        writeChain(folder.resolve("live/certbot.example/cert.pem"), certbot);
        writeChain(folder.resolve("plain.example/fullchain.pem"), plain);
        writeKey(folder.resolve("plain.example/privkey.pem"), plain);
        replace(folder.resolve(".hidden.pem"), "nothing");
        replace(folder.resolve("archive/certbot.example/fullchain1.pem"), "nothing");

        CertificateFolder certificates = open();

        for (TlsIdentity each : List.of(both, pair, dashed, certbot, plain)) {
            String name = each.certificate().getSubjectX500Principal().getName().substring("CN=".length());
            assertThat(answer(certificates, name).identity().certificate()).isEqualTo(each.certificate());
            assertThat(answer(certificates, name)).isSameAs(answer(certificates, name));
        }
        assertThat(certificates.stats().identities()).isEqualTo(5);
        assertThat(said(LogLevel.ERROR)).isEmpty();
        assertThat(said(LogLevel.WARN)).isEmpty();
        assertThat(said(LogLevel.INFO))
                .contains("certificate loaded: live/certbot.example (EC_P256, until " + Makings.end(certbot)
                        + "): certbot.example");
    }

    @Test
    void theFolderOfCertbotItself() throws Exception {
        TlsIdentity one = makings.server("one.example");
        writeChain(folder.resolve("fullchain.pem"), one);
        writeKey(folder.resolve("privkey.pem"), one);
        writeChain(folder.resolve("cert.pem"), one);
        replace(folder.resolve("chain.pem"), CertificateReader.pem(List.of(makings.authority.certificate())));

        assertThat(answer(open(), "one.example").identity().certificate()).isEqualTo(one.certificate());
        assertThat(said(LogLevel.ERROR)).isEmpty();
    }

    @Test
    @DisplayName("a name without a certificate is refused, unless a default is named")
    void unknownNames() throws Exception {
        write(folder.resolve("a.pem"), makings.server("a.example"));

        CertificateFolder strict = open();
        assertThat(DeferredAssertions.failureResultOf(strict.identity(asking("b.example")))
                        .value())
                .isInstanceOf(UnknownServerName.class)
                .hasMessage("there is no certificate for b.example");
        assertThat(DeferredAssertions.failureResultOf(strict.identity(asking(null)))
                        .value())
                .isInstanceOf(UnknownServerName.class);

        CertificateFolder withDefault = open(FolderOptions.DEFAULT.defaultName("a.example"));
        assertThat(answer(withDefault, "b.example")).isSameAs(answer(withDefault, "a.example"));

        open(FolderOptions.DEFAULT.defaultName("b.example"));
        assertThat(said(LogLevel.ERROR))
                .hasSize(1)
                .first()
                .asString()
                .contains("b.example in DIR, which is to be the default");
    }

    @Test
    @DisplayName("TLS-15: a source that could serve nobody is not opened, and says why")
    void nothingToServe() throws Exception {
        assertThat(refusal(FolderOptions.DEFAULT))
                .isEqualTo("no certificate to serve with in " + folder + ": there is none");

        TlsIdentity one = makings.server("one.example");
        writeChain(folder.resolve("x.crt"), one);
        writeKey(folder.resolve("x.key"), makings.server("two.example"));
        assertThat(refusal(FolderOptions.DEFAULT))
                .contains("x.crt and ")
                .contains("the private key (EC) is that of no certificate");
        assertThat(sight.listener).as("not watched").isNull();
        assertThat(reactor.delayedCalls()).isEmpty();
    }

    @Test
    void aFolderThatIsNotThere() {
        Deferred<CertificateFolder> opening = CertificateFolder.open(
                reactor, folder.resolve("no"), FolderOptions.DEFAULT, new PemLoader(reactor::now), sight);
        reactor.advance(Duration.ZERO);

        assertThat(DeferredAssertions.failureResultOf(opening).message())
                .startsWith("cannot read " + folder.resolve("no"));
    }

    // Changes

    @Test
    @DisplayName("TLS-16: what is put there serves when it has settled")
    void whatComes() throws Exception {
        write(folder.resolve("a.pem"), makings.server("a.example"));
        CertificateFolder certificates = open();
        ServerIdentity before = answer(certificates, "a.example");
        TlsIdentity renewed = makings.server("a.example");
        write(folder.resolve("a.pem"), renewed);
        write(folder.resolve("b.pem"), makings.server("b.example"));

        sight.changed();
        reactor.advance(SETTLE.dividedBy(2));
        sight.changed();
        reactor.advance(SETTLE.dividedBy(2));
        assertThat(answer(certificates, "a.example")).as("it has not settled").isSameAs(before);
        reactor.advance(SETTLE.dividedBy(2));

        assertThat(answer(certificates, "a.example").identity().certificate()).isEqualTo(renewed.certificate());
        assertThat(answer(certificates, "b.example")).isNotNull();
        assertThat(certificates.stats().loads()).isEqualTo(3);
        assertThat(said(LogLevel.INFO)).anyMatch(line -> line.startsWith("certificate replaced: a ("));
    }

    @Test
    void whatChangesAllTheTimeIsReadAllTheSame() throws Exception {
        write(folder.resolve("a.pem"), makings.server("a.example"));
        CertificateFolder certificates = open();
        long readings = certificates.stats().readings();

        for (int i = 0; i < 100; i++) {
            sight.changed();
            reactor.advance(SETTLE.dividedBy(2));
        }

        assertThat(certificates.stats().readings() - readings).isBetween(2L, 5L);
    }

    @Test
    void whatIsTakenAwayServesNoMore() throws Exception {
        write(folder.resolve("a.pem"), makings.server("a.example"));
        write(folder.resolve("b.pem"), makings.server("b.example"));
        CertificateFolder certificates = open();

        Files.delete(folder.resolve("b.pem"));
        changed();
        DeferredAssertions.failureResultOf(certificates.identity(asking("b.example")));
        assertThat(said(LogLevel.INFO)).anyMatch(line -> line.startsWith("certificate taken away: b ("));

        Files.delete(folder.resolve("a.pem"));
        changed();
        changed();
        assertThat(answer(certificates, "a.example"))
                .as("an empty folder is a mishap")
                .isNotNull();
        assertThat(said(LogLevel.ERROR))
                .containsExactly(
                        "there is no certificate in DIR any more; the former ones go on until there are others");
    }

    @Test
    @DisplayName("a broken file leaves the identity that was there, with one line in the log")
    void whatBreaks() throws Exception {
        write(folder.resolve("a.pem"), makings.server("a.example"));
        CertificateFolder certificates = open();
        ServerIdentity before = answer(certificates, "a.example");

        Path file = folder.resolve("a.pem");
        String good = Files.readString(file);
        replace(file, good.substring(0, good.length() / 2));
        changed();
        changed();
        reactor.advance(FolderOptions.DEFAULT.recheck());
        assertThat(answer(certificates, "a.example")).isSameAs(before);
        assertThat(said(LogLevel.ERROR))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("certificate not replaced, the former one goes on: DIR/a.pem");
        assertThat(certificates.stats())
                .extracting(CertificateStats::broken, CertificateStats::failures)
                .containsExactly(1, 1L);

        replace(file, good);
        changed();
        assertThat(answer(certificates, "a.example")).as("the very same").isSameAs(before);
        assertThat(certificates.stats().broken()).isZero();
    }

    @Test
    @DisplayName("TLS-3: expired certificates, and those of clients, are not loaded")
    void unfit() throws Exception {
        TlsIdentity shortLived = makings.server(Duration.ofDays(1), "short.example");
        write(folder.resolve("short.pem"), shortLived);
        write(folder.resolve("client.pem"), makings.authority.client("alice"));
        write(folder.resolve("good.pem"), makings.server("good.example"));
        reactor.advance(Duration.ofDays(2));

        CertificateFolder certificates = open();

        assertThat(certificates.stats().identities()).isEqualTo(1);
        assertThat(said(LogLevel.ERROR)).hasSize(2);
        assertThat(said(LogLevel.ERROR).get(0)).startsWith("certificate not loaded: DIR/client.pem");
        assertThat(said(LogLevel.ERROR).get(1)).contains("short.pem").contains("expired");
    }

    @Test
    void withoutAWatchTheFilesAreReadFromTimeToTime() throws Exception {
        write(folder.resolve("a.pem"), makings.server("a.example"));
        sight.refusal = new IOException("no more watches");
        CertificateFolder certificates = open(FolderOptions.DEFAULT.recheck(Duration.ofMinutes(1)));
        assertThat(said(LogLevel.WARN))
                .hasSize(1)
                .first()
                .asString()
                .contains("read every PT1M instead: no more watches");
        reactor.advance(Duration.ofMinutes(1));
        assertThat(said(LogLevel.WARN)).hasSize(1);
        sight.refusal = null;
        write(folder.resolve("b.pem"), makings.server("b.example"));

        reactor.advance(Duration.ofMinutes(1));

        assertThat(answer(certificates, "b.example")).isNotNull();
        assertThat(sight.watched).as("it is tried again").isEqualTo(1);
    }

    @Test
    void aWatchThatIsLostIsBegunAnew() throws Exception {
        write(folder.resolve("a.pem"), makings.server("a.example"));
        open();

        sight.lost();
        reactor.advance(SETTLE);

        assertThat(sight.watched).isEqualTo(2);
        assertThat(said(LogLevel.WARN)).containsExactly("DIR is not watched any more: gone");
    }

    @Test
    void reloadReadsAtOnce() throws Exception {
        write(folder.resolve("a.pem"), makings.server("a.example"));
        CertificateFolder certificates = open();
        write(folder.resolve("b.pem"), makings.server("b.example"));

        Deferred<CertificateStats> first = certificates.reload();
        Deferred<CertificateStats> second = certificates.reload();
        reactor.advance(Duration.ZERO);

        assertThat(DeferredAssertions.successResultOf(first).identities()).isEqualTo(2);
        assertThat(DeferredAssertions.successResultOf(second).readings()).isEqualTo(3);
    }

    @Test
    void closedItServesWhatItHas() throws Exception {
        write(folder.resolve("a.pem"), makings.server("a.example"));
        CertificateFolder certificates = open();

        certificates.close();
        certificates.close();

        assertThat(answer(certificates, "a.example")).isNotNull();
        assertThat(sight.listener).isNull();
        assertThat(reactor.delayedCalls()).isEmpty();
        assertThat(reactor.triggers()).isEmpty();
        assertThat(DeferredAssertions.failureResultOf(certificates.reload()).message())
                .endsWith("was closed");
    }

    @Test
    void itEndsWithTheReactor() throws Exception {
        write(folder.resolve("a.pem"), makings.server("a.example"));
        open();

        reactor.stop();
        reactor.advance(Duration.ZERO);

        assertThat(sight.listener).isNull();
        assertThat(reactor.delayedCalls()).isEmpty();
    }

    // Demands on clients

    @Test
    @DisplayName("TLS-2, TLS-5: demands on clients belong to a name")
    void demands() throws Exception {
        String authorities = CertificateReader.pem(List.of(makings.authority.certificate()));
        write(folder.resolve("open.pem"), makings.server("open.example"));
        write(folder.resolve("strict.pem"), makings.server("strict.example"));
        replace(folder.resolve("strict.clients.pem"), authorities);
        write(folder.resolve("asking.pem"), makings.server("asking.example"));
        replace(folder.resolve("asking.clients.wanted.pem"), authorities);

        CertificateFolder certificates = open();
        ServerIdentity strict = answer(certificates, "strict.example");
        assertThat(strict.clientCertificates()).isEqualTo(ClientCertificates.REQUIRED);
        assertThat(answer(certificates, "asking.example").clientCertificates()).isEqualTo(ClientCertificates.WANTED);
        assertThat(answer(certificates, "open.example").clientCertificates()).isEqualTo(ClientCertificates.NOT_ASKED);
        Objects.requireNonNull(strict.clientVerifier())
                .verify(makings.authority.client("alice").chain(), null);

        write(folder.resolve("strict.pem"), makings.server("strict.example"));
        changed();
        assertThat(answer(certificates, "strict.example").demandsAs(strict))
                .as("renewed, the same demand")
                .isTrue();
        assertThat(certificates.covers(strict, "strict.example")).isTrue();

        Files.delete(folder.resolve("strict.clients.pem"));
        changed();
        assertThat(answer(certificates, "strict.example").clientCertificates()).isEqualTo(ClientCertificates.NOT_ASKED);
        assertThat(said(LogLevel.WARN))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("clients that ask for strict.example need no certificate any more");
    }

    @Test
    @DisplayName("TLS-2: a demand that cannot be read is not dropped")
    void brokenDemands() throws Exception {
        write(folder.resolve("a.pem"), makings.server("a.example"));
        replace(folder.resolve("a.clients.pem"), CertificateReader.pem(List.of(makings.authority.certificate())));
        write(folder.resolve("b.pem"), makings.server("b.example"));
        replace(folder.resolve("b.clients.pem"), "");
        CertificateFolder certificates = open();
        DeferredAssertions.failureResultOf(certificates.identity(asking("b.example")));
        ServerIdentity before = answer(certificates, "a.example");

        replace(folder.resolve("a.clients.pem"), "oh");
        write(folder.resolve("a.pem"), makings.server("a.example"));
        changed();

        assertThat(answer(certificates, "a.example")).isSameAs(before);
    }

    // Staples

    private void staple(String name, byte[] response) throws IOException {
        Files.write(folder.resolve(name), response);
    }

    @Test
    @DisplayName("TLS-16: a staple is shown while it is good, and a new one takes its place")
    void staples() throws Exception {
        TlsIdentity one = makings.server("a.example");
        write(folder.resolve("a.pem"), one);
        byte[] first = makings.authority.staple(one.certificate());
        staple("a.ocsp", first);
        CertificateFolder certificates = open();
        assertThat(answer(certificates, "a.example").identity().staple()).isEqualTo(first);

        reactor.advance(Duration.ofDays(4));
        byte[] second = makings.authority.staple(one.certificate());
        staple("a.ocsp", second);
        changed();
        assertThat(answer(certificates, "a.example").identity().staple())
                .isEqualTo(second)
                .isNotEqualTo(first);

        reactor.pump(Duration.ofDays(7), Duration.ZERO);
        assertThat(answer(certificates, "a.example").identity().staple()).isNull();
        assertThat(said(LogLevel.WARN))
                .hasSize(1)
                .first()
                .asString()
                .contains("the staple DIR/a.ocsp is not shown: it was good until")
                .contains("it must be fetched anew");
    }

    @Test
    void uselessStaplesAreLeftOut() throws Exception {
        TlsIdentity a = makings.server("a.example");
        write(folder.resolve("a.pem"), a);
        staple("a.ocsp", makings.authority.revocation(a.certificate()));
        write(folder.resolve("b.pem"), makings.server("b.example"));
        staple("b.ocsp", makings.authority.staple(a.certificate()));
        write(folder.resolve("c.pem"), makings.server("c.example"));
        staple("c.ocsp", new byte[] {0x30, 3, 1});

        CertificateFolder certificates = open();

        for (String name : List.of("a.example", "b.example", "c.example")) {
            assertThat(answer(certificates, name).identity().staple()).isNull();
        }
        assertThat(said(LogLevel.WARN)).hasSize(3);
        assertThat(said(LogLevel.WARN).get(0)).contains("a.ocsp").contains("the certificate is revoked");
        assertThat(said(LogLevel.WARN).get(1)).contains("b.ocsp").contains("not for this certificate");
        assertThat(said(LogLevel.WARN).get(2)).contains("c.ocsp").contains("no OCSP response in DER");
    }

    // Time

    @Test
    @DisplayName("TLS-16: 30, 7 and 1 day before it expires, and when it has, the log says so once")
    void expiry() throws Exception {
        TlsIdentity one = makings.server(Duration.ofDays(60), "a.example");
        write(folder.resolve("a.pem"), one);
        CertificateFolder certificates = open();
        assertThat(certificates.stats().soonestExpiry()).isEqualTo(Makings.end(one));

        String about = "the certificate in a for a.example ";
        step(Duration.ofDays(29));
        assertThat(said(LogLevel.WARN)).isEmpty();
        step(Duration.ofDays(1));
        assertThat(said(LogLevel.WARN))
                .containsExactly(about + "expires in 30 days, at " + Makings.end(one) + "; renew it");
        step(Duration.ofDays(22));
        assertThat(said(LogLevel.WARN)).hasSize(1);
        step(Duration.ofDays(1));
        assertThat(said(LogLevel.WARN)).hasSize(2).last().asString().startsWith(about + "expires in 7 days");
        step(Duration.ofDays(6));
        assertThat(said(LogLevel.ERROR))
                .containsExactly(about + "expires in 24 hours, at " + Makings.end(one) + "; renew it");
        step(Duration.ofDays(2));
        assertThat(said(LogLevel.ERROR)).hasSize(2).last().asString().startsWith(about + "has expired at ");
        assertThat(answer(certificates, "a.example"))
                .as("clients say it better")
                .isNotNull();

        write(folder.resolve("a.pem"), makings.server(Duration.ofDays(60), "a.example"));
        changed();
        assertThat(said(LogLevel.ERROR)).hasSize(2);
    }

    private void step(Duration time) {
        reactor.advance(time);
        reactor.advance(Duration.ZERO);
    }

    // Limits

    @Test
    @DisplayName("G1, G2: files are bounded in number and size")
    void limits() throws Exception {
        write(folder.resolve("a.pem"), makings.server("a.example"));
        write(folder.resolve("b.pem"), makings.server("b.example"));
        replace(folder.resolve("big.pem"), Files.readString(folder.resolve("a.pem")) + "\n".repeat(5_000));

        CertificateFolder certificates = open(FolderOptions.DEFAULT.fileMaxBytes(5_000));
        assertThat(certificates.stats().identities()).isEqualTo(2);
        assertThat(said(LogLevel.ERROR))
                .containsExactly("certificate not loaded: DIR/big.pem has more than 5000 bytes, as"
                        + " many as the limit fileMaxBytes allows");

        assertThat(open(FolderOptions.DEFAULT.identitiesMax(1)).stats().identities())
                .isEqualTo(1);
        assertThat(said(LogLevel.ERROR))
                .last()
                .asString()
                .contains("DIR has 3 certificates, and the limit identitiesMax");
    }

    @Test
    void aKeyThatEverybodyMayReadIsTold() throws Exception {
        write(folder.resolve("a.pem"), makings.server("a.example"));
        folder.resolve("a.pem").toFile().setReadable(true, false);

        open();

        assertThat(said(LogLevel.WARN))
                .containsExactly(
                        "the private key in DIR/a.pem may be read by everybody on this machine; chmod o-rwx it");
    }
}
