package bowline.capture;

import bowline.policy.ProtocolWrapper;
import bowline.policy.WrappingFactory;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;

/// Puts the layer that captures around each protocol, as long as there is room for one more connection.
final class CapturingFactory<P extends Protocol> extends WrappingFactory<P> {
    private final Captures captures;

    CapturingFactory(Factory<P> factory, Captures captures) {
        super(factory);
        this.captures = captures;
    }

    @Override
    protected ProtocolWrapper<P> wrap(P inner, Address peer) {
        return new CapturingProtocol<>(inner, captures);
    }
}
