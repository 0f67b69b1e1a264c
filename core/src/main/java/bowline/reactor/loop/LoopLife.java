package bowline.reactor.loop;

import bowline.defer.LoopThread;
import bowline.defer.UnhandledError;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.ReactorAlreadyRunning;
import bowline.reactor.ReactorHost;
import bowline.reactor.ReactorNotRestartable;
import bowline.reactor.ReactorNotRunning;
import bowline.reactor.loop.Platform.Subscription;
import bowline.reactor.watch.RunningReactors;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The life of one loop (section 9): how it begins and ends, what stops it, and which thread is its own meanwhile.
///
///     NEW ── begin ─▶ ENTERED ── end after a stop ─▶ STOPPED
///      ▲                 │
///      └─── end after a crash
///
/// A run is [#begin], then turns until [#leaving], then [#end]. Who makes these steps: [#run], or for a loop on
/// somebody else's thread [HostedRun] or [DrivenRun].
final class LoopLife {
    /// Longest wait in one turn (REA-11).
    private static final long WAIT_MAX_NANOS = TimeUnit.SECONDS.toNanos(2_147_483);

    private final Loop loop;
    private final Turn turn;
    private final SystemEvents events;
    private final @Nullable ReactorHost host;
    private volatile @Nullable Thread thread;
    private @Nullable LoopThread owner;
    private Subscription signals = Subscription.NONE;
    private volatile State state = State.NEW;
    private volatile boolean running;
    private boolean stopRequested;
    private boolean stopping;
    private boolean shutDown;
    private boolean leaving;
    private @Nullable String caughtSignal;

    /// Where the loop stands (REA-1).
    private enum State {
        NEW,
        ENTERED,
        STOPPED
    }

    /// Hooks the loop's own part of startup and shutdown in, before any trigger of the program.
    LoopLife(Loop loop, Turn turn, SystemEvents events, @Nullable ReactorHost host) {
        this.loop = loop;
        this.turn = turn;
        this.events = events;
        this.host = host;
        armStartup();
        events.add(Phase.DURING, "shutdown", this::leave);
    }

    // A run

    /// All of a run, on the calling thread.
    void run(boolean installSignalHandlers) {
        enter();
        try {
            begin(installSignalHandlers);
            while (!leaving) {
                turn.run(WAIT_MAX_NANOS);
            }
        } finally {
            end();
        }
    }

    /// Takes the calling thread for the loop's own, if it may run at all.
    synchronized void enter() {
        if (state == State.ENTERED) {
            throw new ReactorAlreadyRunning();
        }
        if (state == State.STOPPED) {
            throw new ReactorNotRestartable();
        }
        if (host != null && host.isCurrent()) {
            throw new IllegalStateException(
                    "run() would block " + host.name()
                            + ", on which this reactor's callbacks are to run; start it with Thread.ofPlatform().start(reactor::run)");
        }
        state = State.ENTERED;
        leaving = false;
        thread = Thread.currentThread();
    }

    /// On the loop's thread, before the first turn.
    void begin(boolean installSignalHandlers) {
        thread = Thread.currentThread();
        owner = LoopThread.enter();
        loop.pace().begin();
        RunningReactors.add(loop.watch());
        loop.stalls().begin();
        events.fire("startup");
        if (installSignalHandlers) {
            signals = loop.platform().signals(this::signalled);
        }
    }

    /// What lies between two waits, on the loop's thread, when another waits for it.
    ///
    /// @return how long to wait at most, or 0 for no wait at all
    long betweenWaits(boolean first) {
        adoptThread();
        return turn.runBetweenWaits(first, WAIT_MAX_NANOS);
    }

    /// On the loop's thread, after the last turn.
    void end() {
        signals.close();
        signals = Subscription.NONE;
        if (owner != null) {
            owner.leave();
        }
        loop.stalls().end();
        loop.pace().end();
        RunningReactors.remove(loop.watch());
        thread = null;
        running = false;
        if (shutDown) {
            state = State.STOPPED;
            loop.ended();
            UnhandledError.reportAll();
        } else {
            state = State.NEW;
            armStartup();
        }
    }

    /// One turn for those who embed the loop (REA-7).
    void iterate(Duration wait) {
        if (state == State.STOPPED) {
            throw new ReactorNotRestartable();
        }
        if (turn.underWay()) {
            throw new IllegalStateException("iterate() from inside a turn of the loop; it is for those who embed it");
        }
        if (host != null && state == State.ENTERED) {
            throw new IllegalStateException("iterate() while " + host.name() + " runs the loop");
        }
        Thread before = thread;
        thread = Thread.currentThread();
        loop.pace().begin();
        try {
            turn.run(Math.min(Math.max(wait.toNanos(), 0), WAIT_MAX_NANOS));
        } finally {
            loop.pace().end();
            thread = before;
        }
    }

    // Startup and shutdown

    private void armStartup() {
        events.add(Phase.DURING, "startup", () -> {
            running = true;
            loop.started();
            return null;
        });
    }

    private @Nullable Object leave() {
        leaving = true;
        running = false;
        shutDown = true;
        loop.shutDown();
        return null;
    }

    void stop() {
        if (stopRequested || (state != State.ENTERED && !running)) {
            throw new ReactorNotRunning("stop()");
        }
        stopRequested = true;
    }

    void crash() {
        leaving = true;
        running = false;
    }

    private void signalled(@Nullable String name) {
        if (name == null) {
            Loop.log.info("The JVM ends, shutting down.");
        } else {
            Loop.log.info("Received SIG{signal}, shutting down.", name);
        }
        loop.callFromThread(() -> {
            caughtSignal = name;
            if (!stopRequested) {
                stop();
            }
        });
    }

    /// The host's thread has ended, and with it this loop does, on the calling thread.
    void hostEnded() {
        Loop.log.warn("{host} has ended, and the reactor with it", host == null ? "" : host.name());
        stopRequested = true;
        turn.touched();
    }

    /// After the timed calls: begins the shutdown if it was asked for (REA-4).
    ///
    /// @return whether the loop waits for I/O once more
    boolean goesOn() {
        if (hasStopToDo()) {
            stopping = true;
            events.fire("shutdown");
        }
        return !leaving;
    }

    boolean hasStopToDo() {
        return stopRequested && !stopping;
    }

    // Looking

    /// From startup to shutdown (REA-5).
    boolean running() {
        return running;
    }

    /// Whose Deferreds are those made on this loop; null when it does not run.
    @Nullable
    LoopThread owner() {
        return owner;
    }

    /// Whether somebody runs it now.
    boolean entered() {
        return state == State.ENTERED;
    }

    /// Whether it was stopped, and not only left by [#crash].
    boolean stopped() {
        return state == State.STOPPED;
    }

    /// Whether nothing is left to wait for: what ran since [#goesOn], such as the last connection's end, may
    /// have let the shutdown come to its end.
    boolean leaving() {
        return leaving;
    }

    @Nullable
    String caughtSignal() {
        return caughtSignal;
    }

    // The loop's own thread

    /// Swing ends its event thread when there is nothing to show, and starts another when there is.
    void adoptThread() {
        if (thread != Thread.currentThread() && owner != null) {
            thread = Thread.currentThread();
            owner.include();
        }
    }

    /// The thread is somebody else's until the next step (see [DrivenRun]).
    void lendThread(@Nullable LoopThread to) {
        thread = null;
        LoopThread.restore(to);
    }

    @Nullable
    Thread thread() {
        return thread;
    }

    /// Whether the calling thread is the loop's own, or that of its host, between two turns too.
    boolean isOnOwnThread() {
        return thread == Thread.currentThread() || (host != null && state == State.ENTERED && host.isCurrent());
    }
}
