package bowline.tls;

import bowline.policy.ProtocolWrapper;
import bowline.policy.WrappingFactory;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;

/// Puts TLS below each protocol of another factory, as the server: for `listenTcp`. An endpoint gets it by
/// [Tls#wrapServer].
///
/// @param <P> the inner protocols
public final class TlsServerFactory<P extends Protocol> extends WrappingFactory<P> {
    private final TlsServerOptions options;

    /// In front of `factory`. If the options name no application protocols, those of a factory that knows some
    /// ([ApplicationProtocols]) are chosen from (TLS-7).
    public TlsServerFactory(Factory<P> factory, TlsServerOptions options) {
        super(factory);
        ApplicationProtocols known = factory.as(ApplicationProtocols.class);
        this.options = known == null || !options.applicationProtocols().isEmpty()
                ? options
                : options.change()
                        .applicationProtocols(known.acceptableProtocols())
                        .build();
    }

    @Override
    protected ProtocolWrapper<P> wrap(P inner, Address peer) {
        return new TlsLayer<>(inner, options.shared(), new ServerOpening(options));
    }
}
