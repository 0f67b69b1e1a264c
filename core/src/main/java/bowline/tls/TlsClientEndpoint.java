package bowline.tls;

import bowline.defer.Deferred;
import bowline.endpoint.ClientEndpoint;
import bowline.policy.ProtocolWrapper;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import java.util.function.UnaryOperator;

/// Connects to another endpoint, and speaks TLS there. The Deferred fires right after the protocol's `connectionMade`
/// (END-2), which is before the handshake is through (TLS-2); [TlsTransport#handshake] waits for that.
///
/// @param inner where it connects
/// @param options whom it means to speak with, and how
record TlsClientEndpoint(ClientEndpoint inner, TlsClientOptions options) implements ClientEndpoint {

    @Override
    public <P extends Protocol> Deferred<P> connect(Factory<P> factory) {
        return Deferred.execute(() -> new TlsClientFactory<>(factory, options))
                .addCallbackDeferring(inner::connect)
                .addCallback(ProtocolWrapper::inner);
    }

    @Override
    public ClientEndpoint beneath(UnaryOperator<ClientEndpoint> layer) {
        return new TlsClientEndpoint(inner.beneath(layer), options);
    }

    /// `tls:` and the other endpoint.
    @Override
    public String toString() {
        return "tls:" + inner;
    }
}
