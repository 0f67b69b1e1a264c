package bowline.supervise;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.process.ChildDescriptor;
import bowline.process.ChildDescriptor.Pipe;
import bowline.process.Spawn;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One program of a monitor, from start to start (RUN-6).
///
///     idle ── start ──▶ up ── exits, its pipes end ──▶ waiting ── delay ──▶ up
///      ▲                └── stop ──▶ ending ── all is gone ──┐
///      └─────────────────────────────────────────────────────┴── wanted again meanwhile ──▶ up
///
/// `child` is there while it is up or ending, `termination` while it is ending, `retry` while it waits.
final class MonitoredProgram {
    private static final Logger log = Logger.of(ProcessMonitor.class);
    private static final Map<Integer, ChildDescriptor> OUTPUT = Map.of(1, Pipe.READ, 2, Pipe.READ);

    /// How long the pipes of a child that is gone may stay open: somebody whom it started may hold them for ever.
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Clock clock;
    private final Spawner spawner;
    private final MonitorOptions options;
    private final String name;
    private final Spawn spawn;
    private final List<Deferred<@Nullable Void>> stops = new ArrayList<>();
    private Duration nextDelay;
    private boolean wanted;
    private @Nullable Child child;
    private @Nullable Termination termination;
    private @Nullable DelayedCall retry;

    MonitoredProgram(Clock clock, Spawner spawner, MonitorOptions options, String name, Spawn spawn) {
        this.clock = clock;
        this.spawner = spawner;
        this.options = options;
        this.name = name;
        this.spawn = spawn.descriptors(OUTPUT);
        nextDelay = options.minRestartDelay();
    }

    /// The number of its process, null when there is none.
    @Nullable
    Long pid() {
        return child == null || child.exited ? null : child.pid;
    }

    /// Has it run: now, or as soon as its old process is gone.
    void start() {
        wanted = true;
        if (child == null && retry == null) {
            begin();
        }
    }

    /// Ends it and leaves it at that. The Deferred fires when nothing of it is left.
    Deferred<@Nullable Void> stop(Duration patience) {
        wanted = false;
        forgetDelay();
        if (child == null) {
            return Deferred.succeed(null);
        }
        Deferred<@Nullable Void> stopped = new Deferred<>();
        stops.add(stopped);
        terminate(child, patience);
        return stopped;
    }

    /// Ends it and starts it again as soon as it is gone, without delay: its death is no accident.
    void restart() {
        wanted = true;
        forgetDelay();
        if (child == null) {
            begin();
        } else {
            terminate(child, options.killTimeout());
        }
    }

    private void forgetDelay() {
        nextDelay = options.minRestartDelay();
        if (retry != null) {
            retry.cancelIfActive();
            retry = null;
        }
    }

    private void terminate(Child living, Duration patience) {
        if (termination != null) {
            termination.within(patience);
            return;
        }
        termination = new Termination(clock, spawner, name, living.transport(), living::familyGone);
        living.familyAround = true;
        termination.begin(patience);
        if (living.exited) {
            termination.childExited();
        }
    }

    private void begin() {
        retry = null;
        Child started = new Child();
        child = started;
        try {
            spawner.spawn(started, spawn);
        } catch (RuntimeException refused) {
            child = null;
            Duration delay = fastDeath();
            log.error(
                    "[{name}] cannot be started: {reason}; trying again in {seconds} s",
                    name,
                    Failure.of(refused).message(),
                    seconds(delay));
            retry = clock.callLater(delay, this::begin);
        }
    }

    private Duration fastDeath() {
        Duration delay = nextDelay;
        Duration doubled = delay.multipliedBy(2);
        nextDelay = doubled.compareTo(options.maxRestartDelay()) < 0 ? doubled : options.maxRestartDelay();
        return delay;
    }

    /// Nothing of the child is left.
    private void over(Child gone) {
        boolean asked = termination != null;
        child = null;
        termination = null;
        if (asked) {
            log.info("[{name}] process {pid} {how}, as it was asked to end", name, gone.pid, gone.how);
        }
        if (wanted && asked) {
            begin();
        } else if (wanted) {
            beginAgain(gone);
        }
        List<Deferred<@Nullable Void>> waiters = List.copyOf(stops);
        stops.clear();
        for (Deferred<@Nullable Void> waiter : waiters) {
            waiter.callback(null);
        }
    }

    private void beginAgain(Child gone) {
        Duration delay = Duration.ZERO;
        if (gone.lived.compareTo(options.threshold()) < 0) {
            delay = fastDeath();
        } else {
            nextDelay = options.minRestartDelay();
        }
        log.warn(
                "[{name}] process {pid} {how} after {lived} s; starting it again {when}",
                name,
                gone.pid,
                gone.how,
                seconds(gone.lived),
                delay.isZero() ? "at once" : "in " + seconds(delay) + " s");
        retry = clock.callLater(delay, this::begin);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    /// Our end of one process of the program.
    private final class Child extends LoggedProgram {
        private final long begun = clock.nanos();
        private final LineLog out =
                new LineLog(options.lineMaxBytes(), line -> log.info("[{name}] {line}", name, line));
        private @Nullable Long pid;
        private String how = "";
        private Duration lived = Duration.ZERO;
        private @Nullable DelayedCall lastWords;
        private boolean exited;
        private boolean ended;
        private boolean familyAround;

        Child() {
            super(log, name, options.lineMaxBytes());
        }

        @Override
        public void connectionMade() {
            pid = transport().pid();
            log.info("[{name}] started as process {pid}", name, pid);
        }

        @Override
        public void outReceived(ByteBuffer unread) {
            out.received(unread);
        }

        @Override
        public void outConnectionLost() {
            out.ended();
        }

        @Override
        public void processExited(Failure reason) {
            exited = true;
            how = ExitWords.of(reason);
            lived = Duration.ofNanos(clock.nanos() - begun);
            lastWords = clock.callLater(LAST_WORDS, transport()::loseConnection);
            if (termination != null) {
                termination.childExited();
            }
        }

        @Override
        public void processEnded(Failure reason) {
            ended = true;
            if (lastWords != null) {
                lastWords.cancelIfActive();
            }
            judge();
        }

        private void familyGone() {
            familyAround = false;
            judge();
        }

        private void judge() {
            if (ended && !familyAround) {
                over(this);
            }
        }
    }
}
