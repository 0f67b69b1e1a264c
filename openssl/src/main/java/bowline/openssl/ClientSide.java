package bowline.openssl;

import bowline.openssl.library.Der;
import bowline.openssl.library.Libssl;
import java.lang.foreign.Arena;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// A client's connection.
///
/// @param server whose sessions are kept
/// @param offered the session that it would go on with; null for none
record ClientSide(OpensslClientContext context, ClientSessions.Server server, ClientSessions.@Nullable Kept offered)
        implements Side {
    private static final int SSL_CTRL_GET_SIGNATURE_NID = 132;

    @Override
    public boolean isClient() {
        return true;
    }

    @Override
    public List<X509Certificate> resumedPeerCertificates() {
        return offered == null ? List.of() : offered.peerCertificates();
    }

    @Override
    public List<X509Certificate> localCertificates(long connection, boolean resumed) {
        if (resumed) {
            return offered == null ? List.of() : offered.localCertificates();
        }
        return hasSigned(connection) ? context.common().localCertificates() : List.of();
    }

    /// Only a client that was asked for its certificate, and had one that the server could take, has signed
    /// anything.
    private static boolean hasSigned(long connection) {
        try (Arena arena = Arena.ofConfined()) {
            long at = arena.allocate(Integer.BYTES, Integer.BYTES).address();
            return Libssl.control(connection, SSL_CTRL_GET_SIGNATURE_NID, 0, at) == 1;
        }
    }

    /// Shows ours to a server that names no authorities, or one that vouches for us.
    void certificateAsked(long connection) {
        List<X500Principal> accepted = Der.names(Libssl.acceptedIssuers(connection)).stream()
                .map(X500Principal::new)
                .toList();
        boolean ofOurs = context.common().localCertificates().stream()
                .map(X509Certificate::getIssuerX500Principal)
                .anyMatch(accepted::contains);
        if (!accepted.isEmpty() && !ofOurs) {
            Libssl.forgetCertificates(connection);
        }
    }

    @Override
    public @Nullable String serverName(long connection) {
        return server.serverName();
    }

    @Override
    public boolean keep(long session, List<X509Certificate> peerCertificates, List<X509Certificate> localCertificates) {
        return context.sessions().keep(server, new ClientSessions.Kept(session, peerCertificates, localCertificates));
    }
}
