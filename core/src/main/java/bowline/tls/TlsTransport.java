package bowline.tls;

import bowline.defer.Deferred;
import bowline.policy.WrappedTransport;
import bowline.protocol.TcpTransport;
import bowline.protocol.Transport;
import bowline.tls.engine.TlsSession;
import org.jspecify.annotations.Nullable;

/// What a protocol over TLS has for its transport (TLS-1). It follows the rules of every transport, but that
/// what is written after [#loseConnection] is dropped unless a producer is registered (TLS-9).
///
/// `connectionMade` is called before the handshake is through, and what is written until then waits (TLS-2). Who has to
/// know the peer first implements [HandshakeListener], or asks [#handshake].
public interface TlsTransport extends TcpTransport {

    /// The TLS that `transport` stands on, whatever layers are in between; null if there is none.
    static @Nullable TlsTransport of(Transport transport) {
        Transport each = transport;
        while (true) {
            switch (each) {
                case TlsTransport found -> {
                    return found;
                }
                case WrappedTransport layer -> each = layer.below();
                default -> {
                    return null;
                }
            }
        }
    }

    /// Whether the handshake is through, so that [#session] says with whom.
    boolean handshakeDone();

    /// With whom, and how: certificates, the protocol that ALPN has chosen, version, cipher suite. It can be
    /// asked after the connection is lost too.
    ///
    /// @throws IllegalStateException before the handshake is through
    TlsSession session();

    /// Fires when the handshake is through; fails with the reason when the connection is lost before. Another
    /// one each time; cancelling it only forgets it.
    Deferred<TlsSession> handshake();

    /// Whether the peer may ask for `host` in this connection, which it names in a Host field, for one (TLS-2
    /// of the security rules). A server that has many names, with different demands on clients, refuses
    /// otherwise: who was let in by one name would be let in by all. Of a client's connection, whether the
    /// server is that host.
    ///
    /// @param host a name or an address, without a port
    /// @throws IllegalStateException before the handshake is through
    boolean admits(String host);

    /// What this stands on.
    Transport below();
}
