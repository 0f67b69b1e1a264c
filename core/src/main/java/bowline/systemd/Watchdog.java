package bowline.systemd;

import bowline.reactor.Reactor;
import bowline.task.LoopingCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Gives a service manager that wants them signs of life, twice in the time that it waits for one, and only while the
/// loops turn: one stuck reactor of several is enough to fall silent.
///
/// Each reactor counts itself in; the first one, which talks to the manager, does so when all have counted since the
/// last time.
public final class Watchdog {
    private final ServiceManager manager;
    private final Duration half;
    private final List<Reactor> others;
    private final AtomicInteger alive = new AtomicInteger();
    private final LoopingCall call;

    private Watchdog(ServiceManager manager, Duration patience, List<Reactor> reactors) {
        this.manager = manager;
        half = patience.dividedBy(2);
        others = reactors.subList(1, reactors.size());
        call = new LoopingCall(reactors.getFirst(), this::look);
    }

    /// Begins, on the thread of the first of these reactors, which is the manager's own; a manager that wants
    /// no signs gets none.
    ///
    /// @return ends it
    public static Runnable start(ServiceManager manager, List<Reactor> reactors) {
        Duration patience = manager.patience();
        if (patience == null) {
            return () -> {};
        }
        var watchdog = new Watchdog(manager, patience, reactors);
        watchdog.askOthers();
        var _ = watchdog.call.start(watchdog.half);
        return watchdog::stop;
    }

    private void stop() {
        if (call.running()) {
            call.stop();
        }
    }

    private void look() {
        if (alive.compareAndSet(others.size(), 0)) {
            askOthers();
            manager.alive();
        }
    }

    private void askOthers() {
        others.forEach(reactor -> reactor.callFromThread(alive::incrementAndGet));
    }
}
