package bowline.tls;

import java.time.Instant;

/// The time by which certificates are judged: that of the reactor whose connection an engine works for, on whatever
/// thread it does.
final class PresentTime {
    private static final ScopedValue<Instant> NOW = ScopedValue.newInstance();

    private PresentTime() {}

    /// What it is for the work that asks.
    ///
    /// @throws IllegalStateException outside of an engine's work
    static Instant now() {
        if (!NOW.isBound()) {
            throw new IllegalStateException("certificates are judged in the work of a TLS engine only");
        }
        return NOW.get();
    }

    /// Does `work` at that time.
    static void at(Instant now, Runnable work) {
        ScopedValue.where(NOW, now).run(work);
    }
}
