package bowline.supervise;

import bowline.log.Logger;
import bowline.process.ProcessExitedAlready;
import bowline.process.ProcessTransport;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Ends one child and what it has started (RUN-6): TERM to the child, so that it can end its own children as it knows
/// best; when it is gone TERM to those that it left behind; and KILL to whatever is there when the time is over.
///
///     begin ── TERM ──▶ child exits ── TERM to those it left ──▶ none is there: gone
///       └───────────────────── time is over: KILL to all ───────▶ child exits: gone
///
/// Whom the child had started is asked before each signal: once the child is gone, nobody knows any more.
final class Termination {
    private static final Logger log = Logger.of(Termination.class);

    /// How often those that were left behind are looked at: the system tells of our own children only.
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Clock clock;
    private final Spawner spawner;
    private final String name;
    private final ProcessTransport child;
    private final Runnable gone;
    private final Set<ProcessHandle> family = new LinkedHashSet<>();
    private @Nullable DelayedCall kill;
    private @Nullable DelayedCall look;
    private boolean killed;
    private boolean exited;

    /// @param gone called once, when neither the child nor anything that it started is there
    Termination(Clock clock, Spawner spawner, String name, ProcessTransport child, Runnable gone) {
        this.clock = clock;
        this.spawner = spawner;
        this.name = name;
        this.child = child;
        this.gone = gone;
    }

    /// Asks the child to end, and kills it when it has not after `patience`.
    void begin(Duration patience) {
        if (patience.isZero()) {
            killAll();
            return;
        }
        kill = clock.callLater(patience, () -> {
            log.warn("[{name}] did not end within {seconds} s and is killed", name, patience.toMillis() / 1e3);
            killAll();
        });
        family.addAll(spawner.descendants(child));
        try {
            child.signalProcess("TERM");
        } catch (ProcessExitedAlready gone) {
            // Its exit is on its way to us.
        } catch (UnsupportedOperationException cannotAsk) {
            killAll();
        }
    }

    /// Kills it after `patience`, unless that is due before.
    void within(Duration patience) {
        if (killed) {
            return;
        }
        if (patience.isZero()) {
            killAll();
        } else if (kill != null && clock.nanos() + patience.toNanos() - kill.time() < 0) {
            kill.reset(patience);
        }
    }

    /// The child is gone.
    void childExited() {
        exited = true;
        if (!killed) {
            family.removeIf(process -> !process.isAlive());
            family.forEach(ProcessHandle::destroy);
        }
        lookAgain();
    }

    private void lookAgain() {
        family.removeIf(process -> !process.isAlive());
        if (family.isEmpty() || killed) {
            over();
        } else {
            look = clock.callLater(LOOK_EVERY, this::lookAgain);
        }
    }

    private void killAll() {
        killed = true;
        if (!exited) {
            family.addAll(spawner.descendants(child));
            killChild();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        if (exited) {
            over();
        }
    }

    private void killChild() {
        try {
            child.signalProcess("KILL");
        } catch (ProcessExitedAlready gone) {
            // Its exit is on its way to us.
        }
    }

    private void over() {
        for (DelayedCall timer : new DelayedCall[] {kill, look}) {
            if (timer != null) {
                timer.cancelIfActive();
            }
        }
        gone.run();
    }
}
