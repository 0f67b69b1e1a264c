package bowline.policy;

import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;

/// Puts layers around protocols that change nothing, not even the name in the log.
final class PlainFactory<P extends Protocol> extends WrappingFactory<P> {
    PlainFactory(Factory<P> factory) {
        super(factory);
    }

    @Override
    protected ProtocolWrapper<P> wrap(P inner, Address peer) {
        return new ProtocolWrapper<>(inner) {
            @Override
            public String logPrefix() {
                return above().logPrefix();
            }
        };
    }
}
