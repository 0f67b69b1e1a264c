package bowline.tls.certificate;

import bowline.tls.certificate.der.DerWriter;
import bowline.tls.certificate.der.Oid;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;

/// Makes keys and certificates that belong together. Immutable and safe for any thread, as far as `random` and `now`
/// are.
///
///     var maker = new CertificateMaker(new SecureRandom(), clock::now);
///     TlsIdentity self = maker.selfSigned("localhost", "127.0.0.1");
///     PrivateAuthority authority = maker.authority("Our own");
///     TlsIdentity server = authority.server("www.example.com", "192.0.2.7");
///     TlsIdentity client = authority.client("alice@example.com");
///
/// What it makes depends on nothing but `random` and `now`: with keys of the kind [KeyKind#ED25519] and a generator
/// with a seed it makes the same bytes each time.
public final class CertificateMaker {
    /// How long authorities are good if nothing else is said.
    public static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);

    /// How long others are good if nothing else is said: the longest that browsers take.
    public static final Duration VALIDITY = Duration.ofDays(397);

    /// Certificates begin that long before they are made, for clients whose clocks are slow.
    static final Duration SLACK = Duration.ofHours(1);

    private static final int SERIAL_BYTES = 16;
    private static final int COMMON_NAME_MAX_CHARS = 64;

    private final SecureRandom random;
    private final Supplier<Instant> now;
    private final KeyKind kind;
    private final Duration authorityValidity;
    private final Duration validity;

    /// Makes keys of the kind [KeyKind#EC_P256].
    ///
    /// @param random decides keys, numbers and signatures
    /// @param now from when what is made is good
    public CertificateMaker(SecureRandom random, Supplier<Instant> now) {
        this(random, now, KeyKind.EC_P256, AUTHORITY_VALIDITY, VALIDITY);
    }

    private CertificateMaker(
            SecureRandom random, Supplier<Instant> now, KeyKind kind, Duration authorityValidity, Duration validity) {
        this.random = random;
        this.now = now;
        this.kind = kind;
        this.authorityValidity = authorityValidity;
        this.validity = validity;
    }

    /// The same with keys of another kind.
    public CertificateMaker keys(KeyKind other) {
        return new CertificateMaker(random, now, other, authorityValidity, validity);
    }

    /// The same with authorities and others that are good for that long.
    ///
    /// @throws IllegalArgumentException if it is no time at all
    public CertificateMaker validity(Duration ofAll) {
        if (!ofAll.isPositive()) {
            throw new IllegalArgumentException("a certificate must be good for some time, not for " + ofAll);
        }
        return new CertificateMaker(random, now, kind, ofAll, ofAll);
    }

    /// A server's key and certificate that nobody vouches for.
    ///
    /// @param names as people write them, see [AlternativeName#of]; one at least
    /// @throws IllegalArgumentException if one cannot be a name, or there is none
    public TlsIdentity selfSigned(String... names) {
        KeyPair pair = kind.generate(random);
        CertificateDraft draft = server(pair, List.of(names));
        return make(
                () -> new TlsIdentity(pair.getPrivate(), List.of(draft.selfSigned(pair.getPrivate(), random)), null));
    }

    /// A new authority that vouches for itself.
    ///
    /// @param name what people know it by
    public PrivateAuthority authority(String name) {
        return authority(name, List.of());
    }

    /// The same that can vouch for hosts in `domains` only, so that nobody who trusts it need fear for others.
    ///
    /// @param domains as `example.com`, which has all below it in it
    public PrivateAuthority authority(String name, List<String> domains) {
        KeyPair pair = kind.generate(random);
        CertificateDraft draft = authorityDraft(name, pair);
        if (!domains.isEmpty()) {
            draft.onlyForDomains(domains.stream().map(CertificateMaker::domain).toList());
        }
        return new PrivateAuthority(
                make(() ->
                        new TlsIdentity(pair.getPrivate(), List.of(draft.selfSigned(pair.getPrivate(), random)), null)),
                this);
    }

    private static String domain(String text) {
        if (ReferenceIdentity.of(text) instanceof ReferenceIdentity.Dns(String name)) {
            return name;
        }
        throw new IllegalArgumentException(text + " is an address, not a domain");
    }

    /// An authority that another one vouches for.
    PrivateAuthority intermediate(TlsIdentity above, String name) {
        KeyPair pair = kind.generate(random);
        CertificateDraft draft = authorityDraft(name, pair);
        return make(() -> {
            var chain = new ArrayList<X509Certificate>();
            chain.add(draft.signedBy(above, random));
            chain.addAll(above.chain());
            return new PrivateAuthority(new TlsIdentity(pair.getPrivate(), chain, null), this);
        });
    }

    TlsIdentity server(TlsIdentity authority, List<String> names) {
        KeyPair pair = kind.generate(random);
        return signed(pair, server(pair, names), authority);
    }

    TlsIdentity client(TlsIdentity authority, String name) {
        KeyPair pair = kind.generate(random);
        CertificateDraft draft = leaf(subject(name), pair).purposes(Oid.CLIENT_AUTH);
        if (name.indexOf('@') > 0 && name.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            draft.names(List.of(new AlternativeName.Mailbox(name)));
        }
        return signed(pair, draft, authority);
    }

    private CertificateDraft server(KeyPair pair, List<String> names) {
        List<AlternativeName> all = names.stream().map(AlternativeName::of).toList();
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a server's certificate has one name at least");
        }
        String first = switch (all.getFirst()) {
            case AlternativeName.Dns(String name) -> name;
            case AlternativeName.Address(var address) -> address.getHostAddress();
            case AlternativeName.Mailbox(String mailbox) -> mailbox;
        };
        // Nobody looks for names in the subject any more; it is there for people, if it fits.
        X500Principal subject = first.length() > COMMON_NAME_MAX_CHARS ? new X500Principal("") : subject(first);
        return leaf(subject, pair).purposes(Oid.SERVER_AUTH).names(all);
    }

    private CertificateDraft leaf(X500Principal subject, KeyPair pair) {
        return draft(subject, pair, validity).noAuthority().keyUse(KeyUse.DIGITAL_SIGNATURE);
    }

    private CertificateDraft authorityDraft(String name, KeyPair pair) {
        return draft(subject(name), pair, authorityValidity)
                .authority(-1)
                .keyUse(KeyUse.DIGITAL_SIGNATURE, KeyUse.SIGN_CERTIFICATES, KeyUse.SIGN_REVOCATIONS);
    }

    private CertificateDraft draft(X500Principal subject, KeyPair pair, Duration time) {
        Instant made = now.get();
        return new CertificateDraft(subject, pair.getPublic())
                .serial(serial())
                .valid(made.minus(SLACK), made.plus(time));
    }

    /// 126 random bits behind a one, so that all are of the same length, positive, and not to be guessed.
    private BigInteger serial() {
        var bytes = new byte[SERIAL_BYTES];
        random.nextBytes(bytes);
        bytes[0] = (byte) ((bytes[0] & 0x3F) | 0x40);
        return new BigInteger(bytes);
    }

    /// A subject with nothing but a common name.
    ///
    /// @throws IllegalArgumentException if it is empty or too long (RFC 5280 §A.1)
    static X500Principal subject(String commonName) {
        if (commonName.isBlank() || commonName.length() > COMMON_NAME_MAX_CHARS) {
            throw new IllegalArgumentException("\"" + commonName + "\" is no name for a subject, which has 1 to "
                    + COMMON_NAME_MAX_CHARS + " characters");
        }
        byte[] attribute =
                DerWriter.sequence(DerWriter.objectIdentifier(Oid.COMMON_NAME), DerWriter.utf8String(commonName));
        return new X500Principal(DerWriter.sequence(DerWriter.set(attribute)));
    }

    private TlsIdentity signed(KeyPair pair, CertificateDraft draft, TlsIdentity authority) {
        return make(() -> {
            var chain = new ArrayList<X509Certificate>();
            chain.add(draft.signedBy(authority, random));
            authority.chain().stream()
                    .filter(each -> !CertificateWords.isSelfIssued(each))
                    .forEach(chain::add);
            return new TlsIdentity(pair.getPrivate(), chain, null);
        });
    }

    /// A staple for a certificate of `authority`.
    byte[] staple(TlsIdentity authority, X509Certificate certificate, StapleDraft what) {
        return make(() -> what.signedBy(authority, certificate, now.get(), random));
    }

    /// What can go wrong here is a JDK that lacks what it must have, or an authority whose key is of no use.
    private static <T> T make(Making<T> making) {
        try {
            return making.make();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a certificate cannot be made: " + broken.getMessage(), broken);
        }
    }

    private interface Making<T> {
        T make() throws GeneralSecurityException;
    }

    @Override
    public String toString() {
        return "CertificateMaker" + Arrays.asList(kind.title(), validity);
    }
}
