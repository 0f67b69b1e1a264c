package bowline.defer;

import bowline.failure.Failure;
import bowline.log.Causes;
import bowline.log.Logger;
import bowline.reactor.flight.Flight;
import bowline.reactor.flight.FlightRecord;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The watch over one Deferred that came to rest with a failure: it ends when somebody handles the failure,
/// or with a report when the Deferred is collected (UNH-1). It never keeps the Deferred alive.
///
/// Watches are linked in a ring, oldest first, so that beginning and ending one is cheap: a failure that is
/// handled a moment later has passed through here too. The ring is guarded by the class's lock, for a
/// Deferred belongs to some loop's thread and the reports come from others.
final class UnhandledWatch extends PhantomReference<Chain> {
    private static final Logger log = Logger.of(Deferred.class);
    private static final ReferenceQueue<Chain> COLLECTED = new ReferenceQueue<>();
    private static final UnhandledWatch RING = new UnhandledWatch();
    private static long begun;

    private final @Nullable Failure failure;
    private final @Nullable Trail trail;
    private final Causes causes = Causes.current();
    private UnhandledWatch before = this;
    private UnhandledWatch after = this;
    private long number;

    private UnhandledWatch() {
        super(null, COLLECTED);
        failure = null;
        trail = null;
    }

    private UnhandledWatch(Chain chain, Failure failure, @Nullable Trail trail) {
        super(chain, COLLECTED);
        this.failure = failure;
        this.trail = trail;
    }

    static UnhandledWatch begin(Chain chain, Failure failure, @Nullable Trail trail) {
        Collector.ensureStarted();
        var watch = new UnhandledWatch(chain, failure, trail);
        synchronized (UnhandledWatch.class) {
            watch.number = ++begun;
            watch.before = RING.before;
            watch.after = RING;
            RING.before.after = watch;
            RING.before = watch;
        }
        return watch;
    }

    boolean isOver(Failure other) {
        return other.equals(failure);
    }

    /// Ends the watch. False if it had ended before.
    boolean end() {
        synchronized (UnhandledWatch.class) {
            if (after == this) {
                return false;
            }
            before.after = after;
            after.before = before;
            before = this;
            after = this;
        }
        clear();
        return true;
    }

    /// Reports all watches that match, oldest first, and returns how many.
    static int report(Predicate<UnhandledWatch> which) {
        int reported = 0;
        for (UnhandledWatch watch : present()) {
            if (which.test(watch) && watch.end()) {
                watch.report();
                reported++;
            }
        }
        return reported;
    }

    private static synchronized List<UnhandledWatch> present() {
        var watches = new ArrayList<UnhandledWatch>();
        for (UnhandledWatch watch = RING.after; watch != RING; watch = watch.after) {
            watches.add(watch);
        }
        return watches;
    }

    /// How many watches have begun so far: a mark between those that exist and those that come later.
    static synchronized long begun() {
        return begun;
    }

    /// Whether this had begun when [#begun] answered `mark`.
    boolean beganBy(long mark) {
        return number <= mark;
    }

    private void report() {
        if (failure == null) {
            throw new AssertionError("the ring's own link is no watch");
        }
        if (Flight.on()) {
            FlightRecord.strayError(failure.typeName(), failure.message());
        }
        log.with("isError", 1).critical("Unhandled error in Deferred:");
        if (trail == null) {
            log.failure(failure);
        } else {
            causes.run(() -> log.failure(trail.asFormat(), failure));
        }
    }

    /// The thread that reports what the garbage collector found; it starts with the first failure that is
    /// watched, not with the class.
    private static final class Collector {
        static {
            Thread.ofPlatform()
                    .name("bowline unhandled errors")
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .start(Collector::run);
        }

        static void ensureStarted() {}

        private static void run() {
            while (true) {
                try {
                    var watch = (UnhandledWatch) COLLECTED.remove();
                    if (watch.end()) {
                        watch.report();
                    }
                } catch (InterruptedException ignored) {
                    // Nobody has a reason to stop it: it ends with the process.
                } catch (RuntimeException broken) {
                    Thread thread = Thread.currentThread();
                    thread.getUncaughtExceptionHandler().uncaughtException(thread, broken);
                }
            }
        }
    }
}
