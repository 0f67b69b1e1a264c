package bowline.tls.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Judges a client for a server: whether somebody who is trusted vouches for it (RFC 5280). Who it is and what it
/// may do is for the program to decide, by its certificate. Immutable.
public final class ClientVerifier implements PeerVerifier {
    /// Most authorities that a client is told of: more than that help nobody to choose.
    static final int ISSUERS_MAX = 100;

    private final TrustCheck trust;
    private final Supplier<Instant> now;

    /// @param trust whom to believe: one's own authority as a rule, for the platform's vouch for everybody
    /// @param now the time, the reactor's as a rule
    public ClientVerifier(Trust trust, Supplier<Instant> now) {
        this.trust = new TrustCheck(trust, Purpose.CLIENT);
        this.now = now;
    }

    /// @throws CertificateRefused always with this one
    @Override
    public void verify(List<X509Certificate> chain, byte @Nullable [] staple) throws CertificateRefused {
        trust.check(chain, null, now.get(), "a client");
    }

    @Override
    public List<X500Principal> acceptedIssuers() {
        return trust.trust() instanceof TrustRoots roots && roots.subjects().size() <= ISSUERS_MAX
                ? roots.subjects()
                : List.of();
    }

    /// For logs: by what trust.
    @Override
    public String toString() {
        return "ClientVerifier[" + trust.trust() + "]";
    }
}
