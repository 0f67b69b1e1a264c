package bowline.tls.certificate;

import bowline.tls.certificate.CertificateRefused.Kind;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Judges a server for a client: whether somebody who is trusted vouches for it (RFC 5280), and whether it is the
/// one that was meant (RFC 9525). Nobody is asked about revocation; a staple is looked at where one comes.
/// Immutable.
///
/// Names come from the subjectAltName alone, never from the subject. `*` stands for one whole label, the leftmost one,
/// and the rest has two at least. Who is meant by an address must have that address in the certificate (TLS-1).
public final class ServerVerifier implements PeerVerifier {
    private final TrustCheck trust;
    private final ReferenceIdentity who;
    private final Supplier<Instant> now;

    /// @param trust whom to believe
    /// @param who is meant: what one connects to
    /// @param now the time, the reactor's as a rule
    public ServerVerifier(Trust trust, ReferenceIdentity who, Supplier<Instant> now) {
        this.trust = new TrustCheck(trust, Purpose.SERVER);
        this.who = who;
        this.now = now;
    }

    /// @throws CertificateRefused always with this one
    @Override
    public void verify(List<X509Certificate> chain, byte @Nullable [] staple) throws CertificateRefused {
        if (trust.check(chain, staple, now.get(), "the server for " + who)) {
            checkName(new Place(chain.getFirst(), "the server's certificate", 0, chain.size()));
        }
    }

    private void checkName(Place own) throws CertificateRefused {
        PresentedNames names = PresentedNames.of(own.certificate());
        switch (names.match(who)) {
            case YES -> {}
            case WILDCARD_MISPLACED ->
                throw own.refusal(
                        Kind.WILDCARD_MISPLACED,
                        "it is for " + CertificateWords.names(own.certificate()) + ", where * cannot stand for " + who,
                        "* must be the whole first part of a name that has two more at least, as in *.example.com");
            case NO -> throw wrongName(own, names);
        }
    }

    private CertificateRefused wrongName(Place own, PresentedNames names) {
        String isFor = "it is for " + CertificateWords.names(own.certificate()) + ", not for " + who;
        if (who instanceof ReferenceIdentity.Address) {
            return names.addresses().isEmpty()
                    ? own.refusal(
                            Kind.NO_ADDRESSES,
                            isFor + "; it has no address in it",
                            "connect by a name that it is for, or get one with the address as IP entry")
                    : own.refusal(Kind.WRONG_ADDRESS, isFor, "connect to an address that it is for");
        }
        if (names.hosts().isEmpty() && names.addresses().isEmpty()) {
            return own.refusal(
                    Kind.NAME_ONLY_IN_SUBJECT,
                    "it has no names but in its subject, where none is looked for any more (RFC 9525 §6.1)",
                    "one is needed with " + who + " in its subjectAltName");
        }
        return own.refusal(Kind.WRONG_NAME, isFor, "connect by a name that it is for, or get one for " + who);
    }

    /// None: a server chooses its certificate by the name that it is asked for.
    @Override
    public List<X500Principal> acceptedIssuers() {
        return List.of();
    }

    /// For logs: whom, by what trust.
    @Override
    public String toString() {
        return "ServerVerifier[" + who + ", " + trust.trust() + "]";
    }
}
