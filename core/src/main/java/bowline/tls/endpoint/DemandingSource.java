package bowline.tls.endpoint;

import bowline.defer.Deferred;
import bowline.tls.CertificateSource;
import bowline.tls.ServerIdentity;
import bowline.tls.certificate.PeerVerifier;
import bowline.tls.engine.ServerSettings.ClientCertificates;
import bowline.tls.hello.ClientHello;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/// Demands a client certificate under every name of another source that demands none of its own. Safe for any thread.
final class DemandingSource implements CertificateSource {
    private final CertificateSource source;
    private final ClientCertificates demand;
    private final PeerVerifier verifier;

    /// The same answer for the same identity, as long as that is in use: sessions belong to it.
    private final Map<ServerIdentity, ServerIdentity> demanding = Collections.synchronizedMap(new WeakHashMap<>());

    DemandingSource(CertificateSource source, ClientCertificates demand, PeerVerifier verifier) {
        this.source = source;
        this.demand = demand;
        this.verifier = verifier;
    }

    @Override
    public Deferred<ServerIdentity> identity(ClientHello hello) {
        return source.identity(hello).addCallback(this::demanding);
    }

    private ServerIdentity demanding(ServerIdentity plain) {
        return plain.clientCertificates() == ClientCertificates.NOT_ASKED
                ? demanding.computeIfAbsent(plain, _ -> new ServerIdentity(plain.identity(), demand, verifier))
                : plain;
    }

    @Override
    public boolean covers(ServerIdentity shown, String host) {
        return source.covers(plain(shown), host);
    }

    @Override
    public boolean admits(ServerIdentity shown, String host) {
        return source.admits(plain(shown), host);
    }

    private ServerIdentity plain(ServerIdentity shown) {
        return shown.clientVerifier() == verifier ? ServerIdentity.of(shown.identity()) : shown;
    }

    /// What it stands on.
    @Override
    public String toString() {
        return source + ", client certificates " + (demand == ClientCertificates.REQUIRED ? "required" : "wanted");
    }
}
