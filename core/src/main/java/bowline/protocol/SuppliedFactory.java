package bowline.protocol;

import java.util.Objects;
import java.util.function.Supplier;

/// A factory made in one line from a protocol's constructor (FAC-3).
final class SuppliedFactory<P extends Protocol> extends ClientFactory<P> {
    private final Supplier<? extends P> maker;

    SuppliedFactory(Supplier<? extends P> maker) {
        this.maker = Objects.requireNonNull(maker);
    }

    @Override
    public P buildProtocol(Address peer) {
        return maker.get();
    }
}
