package bowline.tls;

import bowline.defer.Deferred;
import bowline.protocol.TcpTransport;
import bowline.protocol.Transport;
import bowline.tls.engine.TlsSession;

/// What a protocol over TLS has for its transport (TLS-1). It follows the rules of every transport, but that
/// what is written after [#loseConnection] is dropped unless a producer is registered (TLS-9).
///
/// `connectionMade` is called before the handshake is through, and what is written until then waits (TLS-2). Who has to
/// know the peer first implements [HandshakeListener], or asks [#handshake].
public interface TlsTransport extends TcpTransport {

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

    /// What this stands on.
    Transport below();
}
