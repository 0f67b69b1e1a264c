package bowline.policy;

import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;

/// Shapes connections to a rate that they never reach, without a name in the log.
final class FastFactory<P extends Protocol> extends WrappingFactory<P> {
    private static final Rate FAST = Rate.of(4L << 30);

    private final long outboundMaxBytes;

    FastFactory(Factory<P> factory, long outboundMaxBytes) {
        super(factory);
        this.outboundMaxBytes = outboundMaxBytes;
    }

    @Override
    protected ProtocolWrapper<P> wrap(P inner, Address peer) {
        return new ShapedProtocol<>(inner, new Shaper(FAST), new Shaper(FAST), outboundMaxBytes) {
            @Override
            public String logPrefix() {
                return above().logPrefix();
            }
        };
    }
}
