package bowline.tls.jsse;

import bowline.tls.certificate.TlsIdentity;
import bowline.tls.engine.ClientSettings;
import bowline.tls.engine.ServerSettings;
import bowline.tls.engine.TlsProvider;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Offers the JDK's TLS under the name `jsse`.
///
/// As a server it shows no OCSP staple: the JDK either fetches such responses itself, by a system property, or
/// shows none. Its tickets are enciphered with keys that the JDK makes anew every hour, and forgets when the last
/// session that has such a ticket is too old.
///
/// It reads chains of at most 10 certificates from a server and 8 from a client, and handshake messages of at most
/// 32 KiB. As a server that refuses a client's certificate it says `certificate_unknown`, whatever the reason.
///
/// A key log has a line for each TLS 1.2 session, not for each connection that resumes one: whoever reads the
/// capture finds those by the session, if the capture has its beginning.
public final class JsseProvider implements TlsProvider {

    static final String NAME = "jsse";

    /// For the service loader.
    public JsseProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public @Nullable String whyNot() {
        return null;
    }

    @Override
    public Set<Feature> lacks() {
        return Set.of(Feature.STAPLE);
    }

    /// Whoever gives both sides a seeded generator gets the same bytes again with keys of Ed25519 or Ed448, and
    /// without resumption.
    @Override
    public @Nullable String whyNotDeterministic(@Nullable TlsIdentity identity, boolean resumption) {
        if (identity != null && !OneIdentity.signsWithoutRandom(identity)) {
            return "the JDK signs with a key for " + identity.key().getAlgorithm()
                    + " by random bits of its own, not by those it is given; take a key for Ed25519";
        }
        if (resumption) {
            return "there is the time of the machine's clock in what the JDK sends for later sessions; leave resumption off";
        }
        return null;
    }

    @Override
    public ClientContext client(ClientSettings settings) throws GeneralSecurityException {
        return new JsseClientContext(settings);
    }

    @Override
    public ServerContext server(ServerSettings settings) throws GeneralSecurityException {
        return new JsseServerContext(settings);
    }
}
