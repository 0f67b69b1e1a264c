package bowline.policy;

import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Holds connections to a rate, by a token bucket: reading by pausing, writing by holding back a bounded backlog and
/// pausing who produces it. What is moved is exact; only how it is cut depends on the burst.
///
///     new ShapingFactory<>(site, ShapingOptions.each(Rate.of(1_000_000)))        // 1 MB/s for each connection
///
/// [ThrottlingFactory] is the older, coarser way.
///
/// @param <P> the protocols of the factory behind
public final class ShapingFactory<P extends Protocol> extends WrappingFactory<P> {
    private final ShapingOptions options;
    private final Supplier<@Nullable Shaper> readers;
    private final Supplier<@Nullable Shaper> writers;

    /// In front of `factory`. Of shared rates there is one pair for each factory, so on one reactor.
    public ShapingFactory(Factory<P> factory, ShapingOptions options) {
        super(factory);
        this.options = options;
        readers = options.readers();
        writers = options.writers();
    }

    @Override
    protected ShapedProtocol<P> wrap(P inner, Address peer) {
        return new ShapedProtocol<>(inner, readers.get(), writers.get(), options.outboundMaxBytes());
    }
}
