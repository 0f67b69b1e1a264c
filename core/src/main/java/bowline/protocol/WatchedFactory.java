package bowline.protocol;

import org.jspecify.annotations.Nullable;

/// Stands in front of a factory and has all its protocols watched.
final class WatchedFactory<P extends Protocol> extends Factory<WatchedProtocol<P>> {
    private final Factory<P> factory;
    private final WatchedProtocol.Watcher<? super P> watcher;

    WatchedFactory(Factory<P> factory, WatchedProtocol.Watcher<? super P> watcher) {
        this.factory = factory;
        this.watcher = watcher;
        noisy(false);
    }

    @Override
    public @Nullable WatchedProtocol<P> buildProtocol(Address peer) throws Exception {
        P protocol = factory.build(peer);
        return protocol == null ? null : WatchedProtocol.of(protocol, watcher);
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        T own = super.as(type);
        return own == null ? factory.as(type) : own;
    }

    @Override
    public void startFactory() {
        factory.doStart();
    }

    @Override
    public void stopFactory() {
        factory.doStop();
    }

    @Override
    public String logPrefix() {
        return factory.logPrefix();
    }
}
