package bowline.testing;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.Reactor.SystemEventTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The triggers of a [MemoryReactor], and their firing (section 12). An exception of a trigger
/// reaches the test.
final class MemoryTriggers {
    private final List<Trigger> registered = new ArrayList<>();
    private int awaited;

    /// One registration. Not a record: each is itself and no other.
    static final class Trigger implements SystemEventTrigger {
        private final Phase phase;
        private final String event;
        private final Callable<? extends @Nullable Object> action;

        Trigger(Phase phase, String event, Callable<? extends @Nullable Object> action) {
            this.phase = phase;
            this.event = event;
            this.action = action;
        }

        @Override
        public String toString() {
            return "trigger " + phase + " " + event;
        }
    }

    Trigger add(Phase phase, String event, Callable<? extends @Nullable Object> action) {
        var trigger = new Trigger(phase, event, action);
        registered.add(trigger);
        return trigger;
    }

    void remove(SystemEventTrigger trigger) {
        if (!(trigger instanceof Trigger ours) || !registered.remove(ours)) {
            throw new IllegalArgumentException(trigger + " is not registered here; it has run or was removed");
        }
    }

    List<SystemEventTrigger> all() {
        return List.copyOf(registered);
    }

    /// Runs what is registered for `event`; `then` comes after the *before* phase and its Deferreds
    /// (EVT-2, EVT-6).
    void fire(String event, Runnable then) {
        awaited = 1;
        Runnable goOn = () -> {
            if (--awaited == 0) {
                then.run();
                runAll(Phase.DURING, event);
                runAll(Phase.AFTER, event);
            }
        };
        for (Trigger before = take(Phase.BEFORE, event); before != null; before = take(Phase.BEFORE, event)) {
            if (call(before) instanceof Deferred<?> deferred) {
                awaited++;
                deferred.onBoth(goOn::run);
            }
        }
        goOn.run();
    }

    /// One by one, so that triggers added meanwhile still run (EVT-3).
    private void runAll(Phase phase, String event) {
        for (Trigger next = take(phase, event); next != null; next = take(phase, event)) {
            call(next);
        }
    }

    private @Nullable Trigger take(Phase phase, String event) {
        for (Trigger trigger : registered) {
            if (trigger.phase == phase && trigger.event.equals(event)) {
                registered.remove(trigger);
                return trigger;
            }
        }
        return null;
    }

    private static @Nullable Object call(Trigger trigger) {
        try {
            return trigger.action.call();
        } catch (Exception thrown) {
            throw Failure.of(thrown).raise();
        }
    }
}
