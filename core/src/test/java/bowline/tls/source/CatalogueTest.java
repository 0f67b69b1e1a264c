package bowline.tls.source;

import static bowline.tls.source.Makings.ECDSA_P256;
import static bowline.tls.source.Makings.RSA_PSS;
import static bowline.tls.source.Makings.asking;
import static bowline.tls.source.Makings.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import bowline.testing.MemoryReactor;
import bowline.tls.ServerIdentity;
import bowline.tls.certificate.ClientVerifier;
import bowline.tls.certificate.PeerVerifier;
import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Who answers whom.
class CatalogueTest {
    private final MemoryReactor reactor = new MemoryReactor();
    private final Makings makings = new Makings(reactor);

    private LoadedIdentity plain(String file, String... names) {
        return loaded(file, ServerIdentity.of(makings.server(names)));
    }

    private PeerVerifier verifier() {
        return new ClientVerifier(makings.authority.trust(), reactor::now);
    }

    private static LoadedIdentity demanding(
            String file, TlsIdentity identity, ClientCertificates demand, PeerVerifier verifier) {
        return loaded(file, new ServerIdentity(identity, demand, verifier));
    }

    private Catalogue of(@Nullable String defaultName, LoadedIdentity... all) {
        return Catalogue.of(List.of(all), defaultName, reactor.now());
    }

    @Test
    @DisplayName("TLS-14: the exact name first, then a wildcard for the leftmost label")
    void exactNamesBeforeWildcards() {
        LoadedIdentity wild = plain("wild", "*.example.org");
        LoadedIdentity exact = plain("exact", "www.example.org", "example.org");
        Catalogue catalogue = of(null, wild, exact);

        assertThat(catalogue.choose(asking("www.example.org"))).isSameAs(exact.server());
        assertThat(catalogue.choose(asking("example.org"))).isSameAs(exact.server());
        assertThat(catalogue.choose(asking("ftp.example.org"))).isSameAs(wild.server());
        assertThat(catalogue.choose(asking("a.b.example.org"))).isNull();
        assertThat(catalogue.choose(asking("org"))).isNull();
        assertThat(catalogue.choose(asking("*.example.org"))).isNull();
        assertThat(catalogue.conflicts()).isEmpty();
    }

    @Test
    @DisplayName("END-8: nobody answers for unknown names, unless a default is named")
    void unknownNames() {
        LoadedIdentity one = plain("one", "one.example");
        LoadedIdentity address = plain("addresses", "192.0.2.1");

        assertThat(of(null, one, address).choose(asking("two.example"))).isNull();
        assertThat(of(null, one, address).choose(asking(null))).isNull();
        assertThat(of("One.Example.", one, address).choose(asking("two.example")))
                .isSameAs(one.server());
        assertThat(of("one.example", one, address).choose(asking(null))).isSameAs(one.server());
        assertThat(of("*.w.example", plain("w", "*.w.example")).choose(asking(null)))
                .isNotNull();
        assertThat(of("addresses", one, address).choose(asking(null))).isSameAs(address.server());

        assertThat(of("three.example", one, address).hasDefault()).isFalse();
        assertThat(of("one.example", one, address).hasDefault()).isTrue();
    }

    @Test
    void theKindOfKeyIsTheClients() {
        LoadedIdentity ec = plain("ec", "www.example.org");
        LoadedIdentity rsa = loaded("rsa", ServerIdentity.of(makings.rsa(Duration.ofDays(300), "www.example.org")));
        Catalogue catalogue = of(null, rsa, ec);

        assertThat(catalogue.choose(asking("www.example.org")))
                .as("it signs faster")
                .isSameAs(ec.server());
        assertThat(catalogue.choose(asking("www.example.org", List.of(RSA_PSS))))
                .isSameAs(rsa.server());
        assertThat(catalogue.choose(asking("www.example.org", List.of(ECDSA_P256))))
                .isSameAs(ec.server());
        assertThat(catalogue.choose(asking("www.example.org", List.of(0x0807))))
                .as("none fits: the one that is good for longest, and the handshake fails")
                .isSameAs(rsa.server());
        assertThat(catalogue.conflicts()).isEmpty();
    }

    @Test
    void clientsOfOldNeedASuiteForTheKey() {
        LoadedIdentity ec = plain("ec", "www.example.org");
        LoadedIdentity rsa = loaded("rsa", ServerIdentity.of(makings.rsa(Duration.ofDays(30), "www.example.org")));
        Catalogue catalogue = of(null, rsa, ec);
        List<Integer> both = List.of(ECDSA_P256, 0x0401);

        assertThat(catalogue.choose(Makings.old("www.example.org", List.of(0xC02B), both)))
                .isSameAs(ec.server());
        assertThat(catalogue.choose(Makings.old("www.example.org", List.of(0xC02F), both)))
                .isSameAs(rsa.server());
        assertThat(catalogue.choose(Makings.old("www.example.org", List.of(0xC02F, 0xC02B), List.of(0x0401))))
                .isSameAs(rsa.server());
        assertThat(catalogue.choose(Makings.old("www.example.org", List.of(0xC02F), List.of())))
                .isSameAs(rsa.server());
    }

    @Test
    void ofTheSameKindTheOneThatIsGoodForLongest() {
        LoadedIdentity shorter = loaded("a", ServerIdentity.of(makings.server(Duration.ofDays(10), "x.example")));
        LoadedIdentity longer = loaded("b", ServerIdentity.of(makings.server(Duration.ofDays(20), "x.example")));

        for (Catalogue catalogue : List.of(of(null, shorter, longer), of(null, longer, shorter))) {
            assertThat(catalogue.choose(asking("x.example"))).isSameAs(longer.server());
            assertThat(catalogue.conflicts())
                    .containsExactly("x.example has certificates of the same kind of key in b and a; the first is used,"
                            + " which is good for longer");
        }
    }

    @Test
    void whatHasExpiredIsLeftOutWhereSomethingElseIs() {
        LoadedIdentity ec = plain("ec", "x.example");
        LoadedIdentity rsa = loaded("rsa", ServerIdentity.of(makings.rsa(Duration.ofDays(300), "x.example")));
        reactor.advance(Duration.ofDays(91));

        assertThat(of(null, ec, rsa).choose(asking("x.example"))).isSameAs(rsa.server());
        assertThat(of(null, ec).choose(asking("x.example"))).isSameAs(ec.server());
    }

    @Test
    @DisplayName("TLS-2: a client cannot choose the weaker demand by what it can verify")
    void theStricterDemandHasTheName() {
        LoadedIdentity open =
                loaded("open", ServerIdentity.of(makings.rsa(Duration.ofDays(300), "x.example", "y.example")));
        LoadedIdentity strict =
                demanding("strict", makings.server("x.example"), ClientCertificates.REQUIRED, verifier());
        Catalogue catalogue = of(null, open, strict);

        assertThat(catalogue.choose(asking("x.example", List.of(RSA_PSS)))).isSameAs(strict.server());
        assertThat(catalogue.choose(asking("y.example"))).isSameAs(open.server());
        assertThat(catalogue.conflicts()).hasSize(1).first().asString().contains("demand different things of clients");

        reactor.advance(Duration.ofDays(100));
        assertThat(of(null, open, strict).choose(asking("x.example")))
                .as("not even when it has expired")
                .isSameAs(strict.server());
    }

    @Test
    @DisplayName("TLS-2: a connection is for other hosts only if they demand the same (421)")
    void covers() {
        PeerVerifier verifier = verifier();
        LoadedIdentity wild = plain("wild", "*.example.org", "example.org");
        LoadedIdentity admin =
                demanding("admin", makings.server("admin.example.org"), ClientCertificates.REQUIRED, verifier);
        LoadedIdentity wanted =
                demanding("wanted", makings.server("api.example.org"), ClientCertificates.WANTED, verifier);
        LoadedIdentity shop = plain("shop", "shop.example.org");
        Catalogue catalogue = of(null, wild, admin, wanted, shop);

        assertThat(catalogue.covers(wild.server(), "www.example.org")).isTrue();
        assertThat(catalogue.covers(wild.server(), "WWW.example.org.")).isTrue();
        assertThat(catalogue.covers(wild.server(), "shop.example.org"))
                .as("it demands as little")
                .isTrue();
        assertThat(catalogue.covers(wild.server(), "admin.example.org")).isFalse();
        assertThat(catalogue.covers(wild.server(), "api.example.org")).isFalse();
        assertThat(catalogue.covers(admin.server(), "admin.example.org")).isTrue();
        assertThat(catalogue.covers(admin.server(), "www.example.org")).isFalse();
        assertThat(catalogue.covers(shop.server(), "www.example.org"))
                .as("not its name")
                .isFalse();
        assertThat(catalogue.covers(wild.server(), "example.com")).isFalse();
    }

    @Test
    @DisplayName("TLS-2: connections from before a change of demands are for nobody, those from before a renewal go on")
    void coversAfterAChange() {
        PeerVerifier verifier = verifier();
        LoadedIdentity before = demanding("x", makings.server("x.example"), ClientCertificates.REQUIRED, verifier);
        LoadedIdentity renewed = demanding("x", makings.server("x.example"), ClientCertificates.REQUIRED, verifier);
        LoadedIdentity others = demanding("x", makings.server("x.example"), ClientCertificates.REQUIRED, verifier());

        assertThat(of(null, renewed).covers(before.server(), "x.example")).isTrue();
        assertThat(of(null, others).covers(before.server(), "x.example")).isFalse();
        assertThat(of(null, plain("x", "x.example")).covers(before.server(), "x.example"))
                .isFalse();
        assertThat(of(null, plain("y", "y.example")).covers(before.server(), "x.example"))
                .isFalse();
    }

    @Test
    void coversAddressesOfTheDefault() {
        LoadedIdentity address = plain("addresses", "192.0.2.1", "2001:db8::1");
        Catalogue named = of("addresses", address);

        assertThat(named.covers(address.server(), "192.0.2.1")).isTrue();
        assertThat(named.covers(address.server(), "[2001:db8:0::1]")).isTrue();
        assertThat(named.covers(address.server(), "192.0.2.2")).isFalse();
        assertThat(of(null, address).covers(address.server(), "192.0.2.1")).isFalse();
    }
}
