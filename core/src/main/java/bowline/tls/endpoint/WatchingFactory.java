package bowline.tls.endpoint;

import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import org.jspecify.annotations.Nullable;

/// Has certificates watched while a factory is in use. Its protocols are those of the factory, with no layer in
/// between.
final class WatchingFactory<P extends Protocol> extends Factory<P> {
    private final Factory<P> factory;
    private final ServerCertificates certificates;

    WatchingFactory(Factory<P> factory, ServerCertificates certificates) {
        this.factory = factory;
        this.certificates = certificates;
        noisy(false);
    }

    @Override
    public @Nullable P buildProtocol(Address peer) throws Exception {
        return factory.build(peer);
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        T own = super.as(type);
        return own == null ? factory.as(type) : own;
    }

    @Override
    public void startFactory() {
        factory.doStart();
        certificates.watch().run();
    }

    @Override
    public void stopFactory() {
        certificates.unwatch().run();
        factory.doStop();
    }

    @Override
    public String logPrefix() {
        return factory.logPrefix();
    }
}
