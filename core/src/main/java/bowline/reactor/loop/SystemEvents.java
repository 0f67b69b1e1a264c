package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.Reactor.SystemEventTrigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The named events of one reactor and what is to happen around each (section 12).
final class SystemEvents {
    private static final Logger log = Logger.of(Reactor.class);

    private final Map<String, Event> events = new HashMap<>();

    /// What a trigger does; a Deferred that it returns is awaited in the *before* phase.
    record Trigger(String event, Phase phase, Callable<? extends @Nullable Object> action)
            implements SystemEventTrigger {

        // Each registration is one of its own, even of the same action.
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    Trigger add(Phase phase, String event, Callable<? extends @Nullable Object> action) {
        var trigger = new Trigger(event, phase, action);
        event(event).triggers(phase).add(trigger);
        return trigger;
    }

    void remove(SystemEventTrigger trigger) {
        if (!(trigger instanceof Trigger ours)) {
            throw new IllegalArgumentException("the trigger " + trigger + " was not made by this reactor");
        }
        Event event = event(ours.event());
        if (event.triggers(ours.phase()).remove(ours)) {
            return;
        }
        if (!event.ranBefore.contains(ours)) {
            throw new IllegalArgumentException(
                    "the trigger is not registered for \"" + ours.event() + "\": it has run or was removed before");
        }
        log.warn("trigger removed after it ran, {phase} {event}", ours.phase(), ours.event());
    }

    void fire(String event) {
        event(event).fire();
    }

    /// What is registered, and what is under way and awaits results; by event, in the order in which it would run.
    List<String> describe() {
        var lines = new ArrayList<String>();
        new TreeMap<>(events).forEach((name, event) -> {
            if (event.awaited > 0) {
                lines.add(name + " is under way and awaits " + event.awaited + " of its triggers");
            }
            for (Phase phase : Phase.values()) {
                event.triggers(phase)
                        .forEach(trigger -> lines.add(name + ", " + phase.name().toLowerCase(Locale.ROOT) + ": "
                                + Describing.nameOf(trigger.action())));
            }
        });
        return lines;
    }

    private Event event(String name) {
        return events.computeIfAbsent(name, _ -> new Event());
    }

    private static final class Event {
        private final List<Trigger> before = new ArrayList<>();
        private final List<Trigger> during = new ArrayList<>();
        private final List<Trigger> after = new ArrayList<>();
        private final List<Trigger> ranBefore = new ArrayList<>();
        private int awaited;

        List<Trigger> triggers(Phase phase) {
            return switch (phase) {
                case BEFORE -> before;
                case DURING -> during;
                case AFTER -> after;
            };
        }

        /// Runs the *before* triggers; the other phases follow when all their Deferreds have a result,
        /// failures counting as one (EVT-2).
        void fire() {
            awaited++;
            while (!before.isEmpty()) {
                Trigger trigger = before.removeFirst();
                ranBefore.add(trigger);
                if (call(trigger) instanceof Deferred<?> deferred) {
                    awaited++;
                    deferred.onBoth(this::goOnWhenAllAreDone);
                }
            }
            goOnWhenAllAreDone();
        }

        private void goOnWhenAllAreDone() {
            if (--awaited > 0) {
                return;
            }
            ranBefore.clear();
            runAll(during);
            runAll(after);
        }

        /// Triggers are taken one by one, so that those added meanwhile still run (EVT-3).
        private static void runAll(List<Trigger> triggers) {
            while (!triggers.isEmpty()) {
                call(triggers.removeFirst());
            }
        }

        private static @Nullable Object call(Trigger trigger) {
            try {
                return trigger.action().call();
            } catch (Throwable thrown) {
                log.failure("While calling system event trigger handler", Failure.of(thrown));
                return null;
            }
        }
    }
}
