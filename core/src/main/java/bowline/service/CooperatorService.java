package bowline.service;

import bowline.defer.Deferred;
import bowline.task.CooperativeTask;
import bowline.task.Cooperator;
import bowline.time.Clock;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A [Cooperator] that takes steps while the service runs (SVC-7). Tasks that are added before the start wait for it;
/// stopping ends them all with [bowline.task.SchedulerStopped].
public final class CooperatorService extends Service {
    private final Cooperator cooperator;

    /// A service with a cooperator of its own.
    public CooperatorService(Clock clock) {
        cooperator = Cooperator.notStarted(clock);
    }

    /// As [Cooperator#cooperate].
    public <I extends Iterator<?>> CooperativeTask<I> cooperate(I steps) {
        return cooperator.cooperate(steps);
    }

    /// As [Cooperator#coiterate].
    public <I extends Iterator<?>> Deferred<I> coiterate(I steps) {
        return cooperator.coiterate(steps);
    }

    @Override
    protected void startService() {
        cooperator.start();
    }

    @Override
    protected Deferred<@Nullable Void> stopService() {
        cooperator.stop();
        return Deferred.succeed(null);
    }
}
