package bowline.tls;

import bowline.policy.ProtocolWrapper;
import bowline.policy.WrappingFactory;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;

/// Puts TLS below each protocol of another factory, as the client: for `connectTcp`. An endpoint gets it by
/// [Tls#wrapClient].
///
/// @param <P> the inner protocols
public final class TlsClientFactory<P extends Protocol> extends WrappingFactory<P> {
    private final TlsClientOptions options;

    /// In front of `factory`. If the options name no application protocols, those of a factory that knows some
    /// ([ApplicationProtocols]) are offered (TLS-7).
    public TlsClientFactory(Factory<P> factory, TlsClientOptions options) {
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
        return new TlsLayer<>(inner, options.shared(), new ClientOpening(options));
    }
}
