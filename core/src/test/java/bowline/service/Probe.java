package bowline.service;

import bowline.defer.Deferred;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service that writes down what is asked of it, and stops when the test says so.
final class Probe extends Service {
    /// Its stop: the test fires it.
    final Deferred<@Nullable Void> end = new Deferred<>();

    private final List<String> seen;

    Probe(@Nullable String name, List<String> seen) {
        this.seen = seen;
        if (name != null) {
            name(name);
        }
    }

    @Override
    protected void privilegedStartService() {
        seen.add(name() + " privileged");
    }

    @Override
    protected void startService() {
        seen.add(name() + " start");
    }

    @Override
    protected Deferred<@Nullable Void> stopService() {
        seen.add(name() + " stop");
        return end;
    }

    @Override
    protected Deferred<@Nullable Void> drainService(Duration deadline) {
        seen.add(name() + " drain " + deadline);
        return end;
    }
}
