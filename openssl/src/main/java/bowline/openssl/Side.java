package bowline.openssl;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is different for a client and a server.
sealed interface Side permits ClientSide, ServerSide {

    OpensslContext context();

    /// Whether it speaks first.
    boolean isClient();

    /// What the peer had shown when the session began that is gone on with; empty if that is not known here.
    List<X509Certificate> resumedPeerCertificates();

    /// Our chain in this handshake, or when the session began; empty if we showed none.
    List<X509Certificate> localCertificates(long connection, boolean resumed);

    /// Whom the client asks for; null if it does not say.
    @Nullable
    String serverName(long connection);

    /// Keeps what the server gave to resume with.
    ///
    /// @return whether it does; if not the session is the library's
    boolean keep(long session, List<X509Certificate> peerCertificates, List<X509Certificate> localCertificates);
}
