package bowline.reactor.carrier;

import bowline.defer.Awaiter;
import bowline.defer.Deferred;
import bowline.failure.Debug;
import bowline.log.LogContext;
import bowline.log.Logger;
import bowline.reactor.ReactorNotRunning;
import bowline.reactor.watch.Listed;
import bowline.reactor.watch.ReactorContents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The coroutines of one reactor. For the reactor's own thread, and for coroutines, which count as it.
public final class Coroutines {
    private static final Logger log = Logger.of(Coroutines.class);

    private final Executor loop;
    private final BooleanSupplier onLoopThread;
    private final @Nullable Carrier carrier;
    private final AtomicReference<@Nullable Thread> busy = new AtomicReference<>();
    private @Nullable Coroutine<?> newest;
    private long started;
    private int alive;
    private boolean ended;

    private Coroutines(Executor loop, BooleanSupplier onLoopThread, @Nullable Carrier carrier) {
        this.loop = loop;
        this.onLoopThread = onLoopThread;
        this.carrier = carrier;
    }

    /// The coroutines of the reactor `loop`, by the best carrier there is or the one that
    /// `-Dbowline.coroutines=` names.
    ///
    /// @param loop runs on the reactor's thread, on a later turn, what it is given by any thread
    /// @param onLoopThread whether the calling thread may start coroutines: the reactor's own, and
    ///     before it runs, the one that sets things up
    public static Coroutines on(Executor loop, BooleanSupplier onLoopThread) {
        return new Coroutines(loop, onLoopThread, null);
    }

    /// The same by a carrier of choice.
    static Coroutines on(Executor loop, BooleanSupplier onLoopThread, Carrier carrier) {
        return new Coroutines(loop, onLoopThread, carrier);
    }

    /// Runs `body` as a coroutine: inside this call up to its first wait (COR-1).
    ///
    /// @throws ReactorNotRunning after [#end]
    public <T extends @Nullable Object> Deferred<T> start(Callable<T> body) {
        if (ended) {
            throw new ReactorNotRunning("async");
        }
        if (Debug.enabled() && !onLoopThread.getAsBoolean() && !running()) {
            throw new IllegalStateException("async from " + Thread.currentThread()
                    + ", which is not the reactor's thread; go through callFromThread");
        }
        Coroutine<T> coroutine = coroutine(body);
        enlist(coroutine);
        coroutine.proceed();
        return coroutine.outcome();
    }

    /// Whether the calling thread is one of these coroutines, and so counts as the reactor's. From any thread.
    public boolean running() {
        return Awaiter.current() instanceof Coroutine<?> coroutine && coroutine.belongsTo(this);
    }

    /// How many have started and not ended.
    public int alive() {
        return alive;
    }

    /// Those that have started and not ended, the youngest first.
    public Listed<ReactorContents.Coroutine> describe() {
        var shown = new ArrayList<ReactorContents.Coroutine>();
        Coroutine<?> next = newest;
        while (next != null && shown.size() < ReactorContents.SHOWN_MAX) {
            shown.add(new ReactorContents.Coroutine(next.toString(), next.places(ReactorContents.PLACES_MAX)));
            next = next.older;
        }
        return new Listed<>(shown, alive);
    }

    /// The thread of the coroutine that holds the loop's thread now, or null; from any thread. That thread's own
    /// stack shows only who let the coroutine run.
    public @Nullable Thread busyThread() {
        return busy.getOpaque();
    }

    /// The loop's thread is with the coroutine on `thread` from now on, or with none.
    void busy(@Nullable Thread thread) {
        busy.setOpaque(thread);
    }

    /// A coroutine that waits.
    ///
    /// @param coroutine which, and for what, in words
    /// @param rounds for how many rounds of [#lookAround] it has not gone on
    /// @param context what it works for
    /// @param places where it is, innermost first
    public record SetAside(String coroutine, int rounds, LogContext context, List<String> places) {}

    /// One round through all that wait: `told` hears of each that has not gone on since that many rounds, and again
    /// after twice as many, and so on.
    ///
    /// @param placesMax how many lines of its stack are told
    public void lookAround(int rounds, int placesMax, Consumer<SetAside> told) {
        for (Coroutine<?> each = newest; each != null; each = each.older) {
            int waited = each.lookedAt();
            if (waited % rounds == 0 && Integer.bitCount(waited / rounds) == 1) {
                told.accept(each.setAside(waited, placesMax));
            }
        }
    }

    long nextNumber() {
        return ++started;
    }

    /// The loop is over: every coroutine that still waits is cancelled, then thrown out of its waits.
    /// One that cannot be brought to an end is named in the log and left to itself.
    public void end() {
        ended = true;
        for (Coroutine<?> next = newest; next != null; next = newest) {
            if (!next.abandon()) {
                log.warn("a coroutine goes on waiting although its reactor has stopped: {coroutine}", next);
                delist(next);
            }
        }
    }

    /// Has `command` called by the loop on a later turn.
    void later(Runnable command) {
        loop.execute(command);
    }

    private <T extends @Nullable Object> Coroutine<T> coroutine(Callable<T> body) {
        return switch (carrierHere()) {
            case MOUNTED -> new MountedCoroutine<>(this, body);
            case BATON -> new BatonCoroutine<>(this, body);
        };
    }

    /// A virtual thread can carry no other, unless it is mounted itself and can step aside.
    private Carrier carrierHere() {
        if (Thread.currentThread().isVirtual() && !(Awaiter.current() instanceof MountedCoroutine)) {
            return Carrier.BATON;
        }
        return carrier == null ? Carrier.Chosen.CARRIER : carrier;
    }

    // The living are a list linked through themselves: joining and leaving it allocate nothing.

    private void enlist(Coroutine<?> coroutine) {
        alive++;
        coroutine.older = newest;
        if (newest != null) {
            newest.newer = coroutine;
        }
        newest = coroutine;
    }

    /// Does nothing for one that was given up before.
    void delist(Coroutine<?> coroutine) {
        if (coroutine.newer == null && coroutine != newest) {
            return;
        }
        alive--;
        if (coroutine.older != null) {
            coroutine.older.newer = coroutine.newer;
        }
        if (coroutine.newer != null) {
            coroutine.newer.older = coroutine.older;
        } else {
            newest = coroutine.older;
        }
        coroutine.older = null;
        coroutine.newer = null;
    }
}
