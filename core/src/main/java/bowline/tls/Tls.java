package bowline.tls;

import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ServerEndpoint;
import bowline.policy.WrappedTransport;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import bowline.protocol.Transport.HandedProducer;
import org.jspecify.annotations.Nullable;

/// The ways to TLS (section 33): for whole endpoints, or in the middle of a connection.
///
///     Tls.wrapClient(endpoint, TlsClientOptions.forHost("example.com").build()).connect(factory)
public final class Tls {

    private Tls() {}

    /// An endpoint that connects to another one, and speaks TLS there.
    public static ClientEndpoint wrapClient(ClientEndpoint endpoint, TlsClientOptions options) {
        return new TlsClientEndpoint(endpoint, options);
    }

    /// An endpoint that accepts connections at another one, and speaks TLS with them.
    public static ServerEndpoint wrapServer(ServerEndpoint endpoint, TlsServerOptions options) {
        return new TlsServerEndpoint(endpoint, options);
    }

    /// Begins TLS as the client, on a connection that has spoken in clear until now (TLS-8). The protocol goes
    /// on, with another transport; its `connectionMade` is not called again. What it has written goes first, in
    /// clear, and a registered producer is that of the new transport then. Who has kept the old transport must
    /// not write there any more.
    ///
    /// If anything has come that the protocol has not read, somebody may have put it there: the connection ends
    /// with [InjectedClearText] (M4).
    ///
    /// @return the new transport, which is `protocol.transport()` from now on
    /// @throws IllegalStateException if the connection is lost, being closed, or was handed over
    public static TlsTransport startTls(Protocol protocol, TlsClientOptions options) {
        return start(protocol, new TlsLayer<>(protocol, options.shared(), new ClientOpening(options)));
    }

    /// Begins TLS as the server; otherwise the same.
    ///
    /// @return the new transport, which is `protocol.transport()` from now on
    /// @throws IllegalStateException if the connection is lost, being closed, or was handed over
    public static TlsTransport startTls(Protocol protocol, TlsServerOptions options) {
        return start(protocol, new TlsLayer<>(protocol, options.shared(), new ServerOpening(options)));
    }

    /// The TLS that a transport goes over, through whatever layers are between; null if it goes over none.
    public static @Nullable TlsTransport below(Transport transport) {
        Transport at = transport;
        while (!(at instanceof TlsTransport tls)) {
            if (!(at instanceof WrappedTransport wrapped)) {
                return null;
            }
            at = wrapped.below();
        }
        return tls;
    }

    private static TlsTransport start(Protocol protocol, TlsLayer<Protocol> layer) {
        Transport below = protocol.transport();
        if (below.disconnecting()) {
            throw new IllegalStateException(
                    protocol.logPrefix() + " is closing its connection, so there is nothing to begin TLS on");
        }
        UpperSide above = layer.above(below);
        protocol.putBelow(layer, above);
        HandedProducer producer = below.takeProducer();
        if (producer != null) {
            above.adopt(producer);
        }
        return above;
    }
}
