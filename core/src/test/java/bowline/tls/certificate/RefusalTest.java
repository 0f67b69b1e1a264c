package bowline.tls.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bowline.log.CapturedLogs;
import bowline.tls.certificate.CertificateRefused.Kind;
import bowline.tls.certificate.der.DerWriter;
import bowline.tls.certificate.der.Oid;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Certificates of many bad kinds, each refused with words of its own (RFC 5280 §6, RFC 9525 §6, TLS-1 and TLS-3 of the
/// security rules). What is bad is made here, one fault at a time, beside what is good.
class RefusalTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Set<Kind> SEEN = EnumSet.noneOf(Kind.class);

    private final SecureRandom random = SeededRandom.of(1);
    private final CertificateMaker maker = new CertificateMaker(random, () -> NOW);
    private final PrivateAuthority root = maker.authority("Root");
    private final KeyPair key = KeyKind.EC_P256.generate(random);

    /// The server of this test, good but for what `change` does to it.
    private X509Certificate server(TlsIdentity issuer, Consumer<CertificateDraft> change)
            throws GeneralSecurityException {
        return server(issuer, key, change);
    }

    private X509Certificate server(TlsIdentity issuer, KeyPair pair, Consumer<CertificateDraft> change)
            throws GeneralSecurityException {
        CertificateDraft draft = draft("server", pair)
                .noAuthority()
                .keyUse(KeyUse.DIGITAL_SIGNATURE)
                .purposes(Oid.SERVER_AUTH)
                .names(List.of(AlternativeName.of("www.example.com")));
        change.accept(draft);
        return draft.signedBy(issuer, random);
    }

    private static CertificateDraft draft(String name, KeyPair pair) {
        return new CertificateDraft(CertificateMaker.subject(name), pair.getPublic())
                .serial(new java.math.BigInteger("1234567890abcdef", 16))
                .valid(NOW.minus(Duration.ofDays(10)), NOW.plus(Duration.ofDays(10)));
    }

    /// An authority below `issuer`, good but for what `change` does to it.
    private TlsIdentity authority(TlsIdentity issuer, String name, Consumer<CertificateDraft> change)
            throws GeneralSecurityException {
        KeyPair pair = KeyKind.EC_P256.generate(random);
        CertificateDraft draft = draft(name, pair).authority(-1).keyUse(KeyUse.SIGN_CERTIFICATES);
        change.accept(draft);
        return new TlsIdentity(pair.getPrivate(), List.of(draft.signedBy(issuer, random)), null);
    }

    private CertificateRefused refused(Kind kind, X509Certificate... chain) {
        return refused(kind, "www.example.com", root.trust(), null, chain);
    }

    private static CertificateRefused refused(
            Kind kind, String name, Trust trust, byte @Nullable [] staple, X509Certificate... chain) {
        var verifier = new ServerVerifier(trust, ReferenceIdentity.of(name), () -> NOW);
        CertificateRefused refusal =
                catchThrowableOfType(CertificateRefused.class, () -> verifier.verify(Arrays.asList(chain), staple));
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(kind);
        assertThat(refusal.getMessage()).contains("; "); // what, and what to do
        SEEN.add(kind);
        return refusal;
    }

    private void accepted(X509Certificate... chain) throws CertificateRefused {
        new ServerVerifier(root.trust(), ReferenceIdentity.of("www.example.com"), () -> NOW)
                .verify(Arrays.asList(chain), null);
    }

    @AfterAll
    static void twentyKindsAtLeast() {
        // Only where all were run, not one alone.
        assertThat(SEEN.size() < 10 || SEEN.size() >= 28).as(SEEN.toString()).isTrue();
    }

    @Test
    void whatEachTestBeginsWithIsGood() throws Exception {
        accepted(server(root.identity(), _ -> {}));
        TlsIdentity middle = authority(root.identity(), "Middle", _ -> {});
        accepted(server(middle, _ -> {}), middle.certificate());
    }

    @Test
    void nothing() {
        assertThat(refused(Kind.NO_CERTIFICATE).getMessage()).startsWith("the server has shown no certificate");
    }

    @Test
    void expired() throws Exception {
        X509Certificate old =
                server(root.identity(), d -> d.valid(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(5))));
        assertThat(refused(Kind.EXPIRED, old).getMessage())
                .isEqualTo("the server's certificate \"CN=server\" (1 of 1, serial 12345678…): it expired at"
                        + " 2026-02-24T12:00:00Z, 5 days ago; it must be renewed by whom it belongs to (this machine's"
                        + " clock says 2026-03-01T12:00:00Z)");
    }

    @Test
    @DisplayName("RFC 5280 §4.1.2.5: both ends are included")
    void theLastSecondCounts() throws Exception {
        accepted(server(root.identity(), d -> d.valid(NOW, NOW)));
        refused(Kind.EXPIRED, server(root.identity(), d -> d.valid(NOW.minusSeconds(9), NOW.minusSeconds(1))));
        refused(Kind.NOT_YET_VALID, server(root.identity(), d -> d.valid(NOW.plusSeconds(1), NOW.plusSeconds(9))));
    }

    @Test
    void notYetValid() throws Exception {
        X509Certificate early =
                server(root.identity(), d -> d.valid(NOW.plus(Duration.ofHours(5)), NOW.plus(Duration.ofDays(5))));
        assertThat(refused(Kind.NOT_YET_VALID, early).getMessage())
                .contains("it is good from 2026-03-01T17:00:00Z on, in 5 hours; is the clock of this machine right?");
    }

    @Test
    void anAuthorityThatExpired() throws Exception {
        TlsIdentity middle = authority(
                root.identity(), "Middle", d -> d.valid(NOW.minus(Duration.ofDays(9)), NOW.minusSeconds(7_500)));
        CertificateRefused refusal = refused(Kind.EXPIRED, server(middle, _ -> {}), middle.certificate());
        assertThat(refusal.getMessage())
                .startsWith("the authority in the server's chain \"CN=Middle\" (2 of 2, serial")
                .contains("2 hours ago");
        assertThat(refusal.position()).isEqualTo(1);
    }

    @Test
    void aRootThatExpired() throws Exception {
        PrivateAuthority old = new CertificateMaker(random, () -> NOW.minus(Duration.ofDays(20)))
                .validity(Duration.ofDays(15))
                .authority("Old root");
        assertThat(refused(Kind.EXPIRED, "www.example.com", old.trust(), null, server(old.identity(), _ -> {}))
                        .getMessage())
                .startsWith("the trusted authority \"CN=Old root\" (serial");
    }

    @Test
    @DisplayName("RFC 9525 §6.3: another name; those that are there are listed")
    void wrongName() throws Exception {
        X509Certificate other = server(
                root.identity(),
                d -> d.names(List.of(AlternativeName.of("a.example.com"), AlternativeName.of("192.0.2.1"))));
        assertThat(refused(Kind.WRONG_NAME, other).getMessage())
                .contains(
                        "it is for \"a.example.com\", \"192.0.2.1\", not for www.example.com; connect by a name that");
    }

    @Test
    void manyNamesAreShortened() throws Exception {
        var names = new ArrayList<AlternativeName>();
        for (int i = 0; i < 100; i++) {
            names.add(AlternativeName.of("host" + i + ".example"));
        }
        assertThat(refused(Kind.WRONG_NAME, server(root.identity(), d -> d.names(names)))
                        .getMessage())
                .contains("\"host4.example\" and 95 more, not for www.example.com");
    }

    @Test
    @DisplayName("TLS-1: an IP literal needs an iPAddress entry")
    void addresses() throws Exception {
        X509Certificate named = server(root.identity(), d -> d.names(List.of(new AlternativeName.Dns("192.0.2.1"))));
        X509Certificate addressed = server(root.identity(), d -> d.names(List.of(AlternativeName.of("192.0.2.2"))));

        assertThat(refused(Kind.NO_ADDRESSES, "192.0.2.1", root.trust(), null, named)
                        .getMessage())
                .contains("it has no address in it");
        assertThat(refused(Kind.WRONG_ADDRESS, "192.0.2.1", root.trust(), null, addressed)
                        .getMessage())
                .contains("it is for \"192.0.2.2\", not for 192.0.2.1");
    }

    @Test
    @DisplayName("RFC 9525 §6.1: a name in the subject is none")
    void nameInSubjectOnly() throws Exception {
        X509Certificate old = new CertificateDraft(CertificateMaker.subject("www.example.com"), key.getPublic())
                .valid(NOW, NOW)
                .purposes(Oid.SERVER_AUTH)
                .signedBy(root.identity(), random);
        assertThat(refused(Kind.NAME_ONLY_IN_SUBJECT, old).getMessage())
                .contains("one is needed with www.example.com in its subjectAltName");
    }

    @ParameterizedTest
    @DisplayName("RFC 9525 §6.3: a wildcard is the whole leftmost label of a name with two more")
    @CsvSource({
        "w*.example.com, www.example.com",
        "*w.example.com, www.example.com",
        "www.*.com, www.example.com",
        "*.com, example.com",
        "*.*.com, www.example.com",
        "*, localhost",
        "w*w.example.com, www.example.com"
    })
    void wildcards(String pattern, String name) throws Exception {
        X509Certificate wild = server(root.identity(), d -> d.names(List.of(new AlternativeName.Dns(pattern))));
        assertThat(refused(Kind.WILDCARD_MISPLACED, name, root.trust(), null, wild)
                        .getMessage())
                .contains("where * cannot stand for " + name);
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.com, example.com",
        "*.example.com, a.b.example.com",
        "*.example.com, www.example.org",
        "*.example.com., www.example.com",
        "www.example.com., www.example.com",
        "www.example.co, www.example.com"
    })
    void namesThatDoNotMatch(String pattern, String name) throws Exception {
        X509Certificate other = server(root.identity(), d -> d.names(List.of(new AlternativeName.Dns(pattern))));
        refused(Kind.WRONG_NAME, name, root.trust(), null, other);
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.com, www.example.com",
        "*.Example.COM, WWW.example.com.",
        "*.example.com, bücher.example.com",
        "xn--bcher-kva.example, Bücher.example"
    })
    void namesThatMatch(String pattern, String name) throws Exception {
        X509Certificate wild = server(root.identity(), d -> d.names(List.of(new AlternativeName.Dns(pattern))));
        new ServerVerifier(root.trust(), ReferenceIdentity.of(name), () -> NOW).verify(List.of(wild), null);
    }

    @Test
    void selfSigned() {
        TlsIdentity self = maker.selfSigned("www.example.com");
        assertThat(refused(Kind.SELF_SIGNED, self.certificate()).getMessage())
                .contains("nobody vouches for it but itself; trust it by name")
                .contains(KeyPin.of(self.certificate().getPublicKey()).toString());
    }

    @Test
    void aRootThatIsShownButNotTrusted() throws Exception {
        PrivateAuthority other = maker.authority("Other");
        CertificateRefused refusal =
                refused(Kind.UNKNOWN_AUTHORITY, server(other.identity(), _ -> {}), other.certificate());
        assertThat(refusal.getMessage())
                .startsWith("the authority in the server's chain \"CN=Other\" (2 of 2")
                .contains("this root is not among the trusted (a list of 1)");
    }

    @Test
    void anAuthorityBelowOneThatIsNotTrusted() throws Exception {
        TlsIdentity middle = authority(maker.authority("Other").identity(), "Middle", _ -> {});
        assertThat(refused(Kind.UNKNOWN_AUTHORITY, server(middle, _ -> {}), middle.certificate())
                        .getMessage())
                .contains("it was signed by \"CN=Other\", which is not among the trusted");
    }

    @Test
    void theIntermediateIsNotShown() throws Exception {
        TlsIdentity middle = authority(root.identity(), "Middle", _ -> {});
        assertThat(refused(Kind.ISSUER_MISSING, server(middle, _ -> {})).getMessage())
                .contains(
                        "it was signed by \"CN=Middle\", whose certificate was not shown and is not among the trusted")
                .contains("the full chain");
    }

    @Test
    void anotherAuthorityOfTheSameName() throws Exception {
        PrivateAuthority impostor = maker.authority("Root");
        assertThat(refused(Kind.BAD_SIGNATURE, server(impostor.identity(), _ -> {}))
                        .getMessage())
                .contains("the key of \"CN=Root\", which it names as its issuer, has not signed it")
                .contains("has that authority been made anew under the same name?");
    }

    @Test
    void aChangedCertificate() throws Exception {
        byte[] bytes = server(root.identity(), _ -> {}).getEncoded();
        for (int i = 0; i < bytes.length; i++) {
            if (new String(bytes, i, 4, java.nio.charset.StandardCharsets.ISO_8859_1).equals("www.")) {
                bytes[i + 4] ^= 1;
                break;
            }
        }
        refused(Kind.BAD_SIGNATURE, CertificateReader.der("test", bytes));
    }

    @Test
    void signedByWhoIsNoAuthority() throws Exception {
        TlsIdentity other = authority(root.identity(), "www.other.example", CertificateDraft::noAuthority);
        CertificateRefused refusal = refused(Kind.NOT_AN_AUTHORITY, server(other, _ -> {}), other.certificate());
        assertThat(refusal.getMessage()).contains("it is no authority's, and yet has signed the one before it");
        assertThat(refusal.position()).isEqualTo(1);
    }

    @Test
    void signedByATrustedServer() throws Exception {
        TlsIdentity self = maker.selfSigned("other.example");
        refused(Kind.NOT_AN_AUTHORITY, "www.example.com", TrustRoots.of(self.chain()), null, server(self, _ -> {}));
    }

    @Test
    void anAuthorityThatMayNotSign() throws Exception {
        TlsIdentity middle = authority(root.identity(), "Middle", d -> d.keyUse(KeyUse.DIGITAL_SIGNATURE));
        assertThat(refused(Kind.AUTHORITY_MAY_NOT_SIGN, server(middle, _ -> {}), middle.certificate())
                        .getMessage())
                .contains("its key usage has no keyCertSign");
    }

    @Test
    void anAuthorityForOtherPurposes() throws Exception {
        TlsIdentity middle = authority(root.identity(), "Middle", d -> d.purposes(Oid.CLIENT_AUTH));
        assertThat(refused(Kind.AUTHORITY_WRONG_PURPOSE, server(middle, _ -> {}), middle.certificate())
                        .getMessage())
                .contains("this authority is not for servers of TLS");
    }

    @Test
    void pathLength() throws Exception {
        TlsIdentity upper = authority(root.identity(), "Upper", d -> d.authority(0));
        TlsIdentity lower = authority(upper, "Lower", _ -> {});
        CertificateRefused refusal =
                refused(Kind.PATH_LENGTH_EXCEEDED, server(lower, _ -> {}), lower.certificate(), upper.certificate());
        assertThat(refusal.getMessage()).contains("it allows for 0 authorities below it, and there are 1");
        assertThat(refusal.position()).isEqualTo(2);
        accepted(server(upper, _ -> {}), upper.certificate());
    }

    @Test
    @DisplayName("TLS-6: nine authorities between, and no more")
    void depth() throws Exception {
        var chain = new ArrayList<X509Certificate>();
        TlsIdentity last = root.identity();
        for (int i = 1; i <= 9; i++) {
            last = authority(last, "Level " + i, _ -> {});
            chain.addFirst(last.certificate());
        }
        chain.addFirst(server(last, _ -> {}));
        accepted(chain.toArray(X509Certificate[]::new));

        last = authority(last, "Level 10", _ -> {});
        chain.removeFirst();
        chain.addFirst(last.certificate());
        chain.addFirst(server(last, _ -> {}));
        assertThat(refused(Kind.TOO_DEEP, chain.toArray(X509Certificate[]::new)).getMessage())
                .contains("more than 9 authorities stand between");
    }

    @Test
    @DisplayName("G2: at most 20 certificates are looked at")
    void tooMany() throws Exception {
        X509Certificate good = server(root.identity(), _ -> {});
        var chain = new X509Certificate[21];
        Arrays.fill(chain, good);
        assertThat(refused(Kind.TOO_MANY, chain).getMessage()).contains("has shown 21 certificates, and 20 are read");
        accepted(Arrays.copyOf(chain, 20));
    }

    @Test
    @DisplayName("RFC 5280 §4.2.1.10: name constraints of an authority in the chain")
    void nameConstraints() throws Exception {
        TlsIdentity middle = authority(root.identity(), "Middle", d -> d.onlyForDomains(List.of("example.org")));
        CertificateRefused refusal = refused(Kind.NAME_NOT_PERMITTED, server(middle, _ -> {}), middle.certificate());
        assertThat(refusal.getMessage()).contains("\"CN=Middle\"").contains("may not vouch for such names");
        assertThat(refusal.position()).isEqualTo(0);
    }

    @Test
    @DisplayName("RFC 5280 §4.2.1.10: name constraints of a trusted authority")
    void nameConstraintsOfTheRoot() throws Exception {
        PrivateAuthority limited = maker.authority("Limited", List.of("example.org"));
        refused(
                Kind.NAME_NOT_PERMITTED,
                "www.example.com",
                limited.trust(),
                null,
                limited.server("www.example.com").certificate());
        refused(
                Kind.NAME_NOT_PERMITTED,
                "192.0.2.1",
                limited.trust(),
                null,
                limited.server("www.example.org", "192.0.2.1").certificate());
        TlsIdentity good = limited.server("www.example.org");
        new ServerVerifier(limited.trust(), ReferenceIdentity.of("www.example.org"), () -> NOW)
                .verify(good.chain(), null);
    }

    @Test
    void aClientsCertificateIsNoServers() throws Exception {
        X509Certificate client = server(root.identity(), d -> d.purposes(Oid.CLIENT_AUTH));
        assertThat(refused(Kind.WRONG_PURPOSE, client).getMessage()).contains("it is not for a server of TLS");
        accepted(server(root.identity(), d -> d.purposes(Oid.ANY_PURPOSE)));
    }

    @Test
    void aServersCertificateIsNoClients() throws Exception {
        var verifier = new ClientVerifier(root.trust(), () -> NOW);
        List<X509Certificate> chain = List.of(server(root.identity(), _ -> {}));
        CertificateRefused refusal = catchThrowableOfType(CertificateRefused.class, () -> verifier.verify(chain, null));
        assertThat(refusal.kind()).isEqualTo(Kind.WRONG_PURPOSE);
        assertThat(refusal).hasMessageContaining("the client's certificate \"CN=server\"");
        verifier.verify(root.client("alice").chain(), null);
        assertThat(verifier.acceptedIssuers())
                .containsExactly(root.certificate().getSubjectX500Principal());
    }

    @Test
    void aKeyThatMayNotSignHandshakes() throws Exception {
        refused(Kind.WRONG_KEY_USE, server(root.identity(), d -> d.keyUse(KeyUse.KEY_ENCIPHERMENT)));
    }

    @Test
    @DisplayName("TLS-3: RSA keys of less than 2048 bits")
    void weakKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024, random);
        X509Certificate weak = server(root.identity(), generator.generateKeyPair(), _ -> {});
        assertThat(refused(Kind.WEAK_KEY, weak).getMessage()).contains("its key, RSA 1024 bits, is too weak");
    }

    @ParameterizedTest
    @DisplayName("TLS-3: signatures with SHA-1 and MD5")
    @CsvSource({"SHA1withRSA, 1.2.840.113549.1.1.5", "MD5withRSA, 1.2.840.113549.1.1.4"})
    void weakSignature(String name, String identifier) throws Exception {
        PrivateAuthority rsa = maker.keys(KeyKind.RSA_2048).authority("RSA root");
        X509Certificate weak = server(rsa.identity(), d -> d.signedLike(new SignatureScheme(name, identifier, true)));
        assertThat(refused(Kind.WEAK_SIGNATURE, "www.example.com", rsa.trust(), null, weak)
                        .getMessage())
                .contains("it was signed with " + name + ", which can be forged");
    }

    @Test
    void aCriticalExtensionThatNobodyKnows() throws Exception {
        X509Certificate strange = server(root.identity(), d -> d.extension("1.2.3.4.5", true, DerWriter.nothing()));
        assertThat(refused(Kind.UNKNOWN_DEMAND, strange).getMessage()).contains("1.2.3.4.5");
    }

    @Test
    void revoked() throws Exception {
        X509Certificate server = server(root.identity(), _ -> {});
        assertThat(refused(Kind.REVOKED, "www.example.com", root.trust(), root.revocation(server), server)
                        .getMessage())
                .contains("its authority has revoked it at 2026-03-01T11:59:59Z");
    }

    @Test
    @DisplayName("RFC 7633: who must staple does")
    void mustStaple() throws Exception {
        X509Certificate server = server(root.identity(), CertificateDraft::mustStaple);
        refused(Kind.STAPLE_MISSING, server);
        new ServerVerifier(root.trust(), ReferenceIdentity.of("www.example.com"), () -> NOW)
                .verify(List.of(server), root.staple(server));
    }

    @Test
    void staplesThatProveNothing() throws Exception {
        X509Certificate server = server(root.identity(), _ -> {});
        byte[] ofAnother = root.staple(root.server("other.example").certificate());
        byte[] old = new StapleDraft(false, Duration.ofDays(30), Duration.ofDays(7))
                .signedBy(root.identity(), server, NOW, random);
        byte[] early = new StapleDraft(false, Duration.ofDays(-3), Duration.ofDays(7))
                .signedBy(root.identity(), server, NOW, random);
        byte[] byAnother = new StapleDraft(false, Duration.ZERO, Duration.ofDays(7))
                .signedBy(maker.authority("Root").identity(), server, NOW, random);
        for (byte[] bad : List.of(ofAnother, old, early, byAnother, new byte[0], new byte[] {0x30, 0})) {
            refused(Kind.STAPLE_UNUSABLE, "www.example.com", root.trust(), bad, server);
        }
    }

    @Test
    void pinnedRoots() throws Exception {
        X509Certificate server = server(root.identity(), _ -> {});
        KeyPin other = KeyPin.of(KeyKind.EC_P256.generate(random).getPublic());
        refused(Kind.NOT_PINNED, "www.example.com", root.trust().pinned(other), null, server);
        for (X509Certificate each : List.of(server, root.certificate())) {
            TrustRoots pinned = root.trust().pinned(other, KeyPin.of(each.getPublicKey()));
            new ServerVerifier(pinned, ReferenceIdentity.of("www.example.com"), () -> NOW)
                    .verify(List.of(server), null);
        }
        refused(Kind.WRONG_NAME, "other.example", root.trust().pinned(KeyPin.of(server.getPublicKey())), null, server);
    }

    @Test
    void pinnedKeysWithoutAChain() throws Exception {
        TlsIdentity self = maker.selfSigned("device");
        PinnedKeys pinned =
                PinnedKeys.of(KeyPin.of(self.certificate().getPublicKey()).toString());
        new ServerVerifier(pinned, ReferenceIdentity.of("192.0.2.1"), () -> NOW).verify(self.chain(), null);

        CertificateRefused refusal =
                refused(Kind.NOT_PINNED, "192.0.2.1", pinned, null, server(root.identity(), _ -> {}));
        assertThat(refusal).hasMessageContaining("is none of the 1 pinned; pin it, if");
        refused(Kind.NO_CERTIFICATE, "192.0.2.1", pinned, null);
    }

    @Test
    void insecureTrustIsLoudEachTime() throws Exception {
        var verifier = new ServerVerifier(new InsecureTrust(), ReferenceIdentity.of("a.example"), () -> NOW);
        try (CapturedLogs logs = CapturedLogs.open()) {
            verifier.verify(maker.selfSigned("b.example").chain(), null);
            verifier.verify(List.of(), null);
            assertThat(logs.texts()).hasSize(2);
            assertThat(logs.texts().getFirst())
                    .startsWith("NOT VERIFIED: the server for a.example shows")
                    .contains("CN=b.example");
        }
    }

    @Test
    @DisplayName("RFC 4158: another way is tried where the first is bad")
    void crossSigned() throws Exception {
        // The same authority, signed by an old root that is trusted and has expired, and by a new one.
        PrivateAuthority old = new CertificateMaker(random, () -> NOW.minus(Duration.ofDays(20)))
                .validity(Duration.ofDays(15))
                .authority("Old root");
        KeyPair pair = KeyKind.EC_P256.generate(random);
        CertificateDraft draft = draft("Middle", pair).authority(-1).keyUse(KeyUse.SIGN_CERTIFICATES);
        var middle = new TlsIdentity(pair.getPrivate(), List.of(draft.signedBy(old.identity(), random)), null);
        X509Certificate crossed = draft.signedBy(root.identity(), random);
        X509Certificate server = server(middle, _ -> {});
        TrustRoots both = old.trust().and(root.trust());

        new ServerVerifier(both, ReferenceIdentity.of("www.example.com"), () -> NOW)
                .verify(List.of(server, middle.certificate(), crossed), null);
        refused(Kind.EXPIRED, "www.example.com", both, null, server, middle.certificate());
    }

    @Test
    @DisplayName("G2: authorities that have all signed each other cost no more than a few ways")
    void aThicketOfAuthorities() throws Exception {
        var chain = new ArrayList<X509Certificate>();
        var thicket = new ArrayList<TlsIdentity>();
        TlsIdentity other = maker.authority("Same").identity();
        for (int i = 0; i < 18; i++) {
            TlsIdentity next = authority(other, "Same", _ -> {});
            thicket.add(next);
            chain.add(next.certificate());
        }
        chain.addFirst(server(thicket.getFirst(), _ -> {}));
        var verifier = new ServerVerifier(root.trust(), ReferenceIdentity.of("www.example.com"), () -> NOW);
        long before = System.nanoTime();
        CertificateRefused refusal = catchThrowableOfType(CertificateRefused.class, () -> verifier.verify(chain, null));
        assertThat(refusal).isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("G10: what a peer has put into its subject cannot forge a line of a log")
    void subjectsAreQuoted() throws Exception {
        X509Certificate evil = new CertificateDraft(
                        CertificateMaker.subject("x\r\n2026-03-01 all is well \u001B[2J \u2028"), key.getPublic())
                .valid(NOW, NOW)
                .names(List.of(new AlternativeName.Dns("a\nb")))
                .signedBy(root.identity(), random);
        String message = refused(Kind.WRONG_NAME, evil).getMessage();
        assertThat(message.chars().allMatch(c -> c >= ' ' && c <= '~' || c == '…'))
                .as(message)
                .isTrue();
    }
}
