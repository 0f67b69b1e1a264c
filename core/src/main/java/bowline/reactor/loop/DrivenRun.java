package bowline.reactor.loop;

import bowline.defer.LoopThread;

/// The run of a loop of which somebody else makes every step, between the steps of other loops on the same thread.
///
///     var run = new DrivenRun(loop);
///     run.begin();
///     while (!run.over()) {
///         long wait = run.turn();     // … and until then, or until the backend is asked to wake up, others have
/// theirs
///     }
///     run.end();
///
/// During a step the thread counts as this loop's, and as nobody's in between. The backend must not wait: it is only
/// asked to poll with a wait of 0.
public final class DrivenRun {
    private final LoopLife life;
    private boolean first = true;

    /// A run that has not begun.
    public DrivenRun(Loop loop) {
        life = loop.life();
    }

    /// Fires the startup event.
    ///
    /// @throws bowline.reactor.ReactorAlreadyRunning if the loop runs
    /// @throws bowline.reactor.ReactorNotRestartable if it was stopped before
    public void begin() {
        life.enter();
        step(() -> life.begin(true));
    }

    /// Runs all there is to do now, once.
    ///
    /// @return in how many nanoseconds at the latest the next turn is due, if nothing happens before; 0: at once
    public long turn() {
        var wait = new long[1];
        step(() -> wait[0] = life.betweenWaits(first));
        first = false;
        return wait[0];
    }

    /// Runs `work` as the loop's own, between two turns. The next turn is due at once then.
    public void call(Runnable work) {
        step(() -> {
            life.adoptThread();
            work.run();
        });
    }

    /// Whether there is no further turn.
    public boolean over() {
        return life.leaving();
    }

    /// Gives back what the loop holds.
    public void end() {
        step(life::end);
    }

    private void step(Runnable step) {
        LoopThread before = LoopThread.current();
        try {
            step.run();
        } finally {
            life.lendThread(before);
        }
    }
}
