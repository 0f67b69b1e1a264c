package bowline.policy;

import bowline.protocol.TransportLimits;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How fast connections may be read and written, and whether each for itself or all together.
///
/// @param readRate what may come in; null: as much as comes
/// @param writeRate what may go out; null: as much as the peer takes
/// @param shared whether all connections of the factory share the rates; otherwise each has its own
/// @param outboundMaxBytes most bytes of one connection that may wait to be sent; a protocol that writes more
///        without being a producer that pauses loses its connection
public record ShapingOptions(
        @Nullable Rate readRate, @Nullable Rate writeRate, boolean shared, long outboundMaxBytes) {

    /// As of every transport: 64 MiB.
    public static final long OUTBOUND_MAX_BYTES = TransportLimits.DEFAULT.outboundMaxBytes();

    /// Checks the limit.
    public ShapingOptions {
        if (outboundMaxBytes < 1) {
            throw new IllegalArgumentException("outboundMaxBytes " + outboundMaxBytes + " is less than 1");
        }
    }

    /// Each connection for itself, both ways at `rate`.
    public static ShapingOptions each(Rate rate) {
        return new ShapingOptions(rate, rate, false, OUTBOUND_MAX_BYTES);
    }

    /// All connections together, both ways at `rate`, each way by itself.
    public static ShapingOptions together(Rate rate) {
        return new ShapingOptions(rate, rate, true, OUTBOUND_MAX_BYTES);
    }

    /// The same with another limit for what is held back.
    public ShapingOptions outboundMaxBytes(long bytes) {
        return new ShapingOptions(readRate, writeRate, shared, bytes);
    }

    Supplier<@Nullable Shaper> readers() {
        return shapers(readRate);
    }

    Supplier<@Nullable Shaper> writers() {
        return shapers(writeRate);
    }

    private Supplier<@Nullable Shaper> shapers(@Nullable Rate rate) {
        if (rate == null) {
            return () -> null;
        }
        if (!shared) {
            return () -> new Shaper(rate);
        }
        var one = new Shaper(rate);
        return () -> one;
    }
}
