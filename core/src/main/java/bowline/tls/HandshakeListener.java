package bowline.tls;

/// A protocol that wants to know when the TLS handshake is through (TLS-2).
public interface HandshakeListener {

    /// The peer has proved who it is, as far as that was demanded: [TlsTransport#session] says it. Called once,
    /// before the first bytes come.
    void handshakeCompleted();
}
