package bowline.defer;

import bowline.failure.Failure;
import bowline.log.Logger;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A failure at the end of a chain that nobody has handled so far. If its Deferred is collected in that
/// state, the failure is logged (UNH-1); a reactor that shuts down, and the end of a test, report those
/// that are still alive (UNH-3). Safe for any thread.
public final class UnhandledError implements Runnable {
    private static final Logger log = Logger.of(Deferred.class);
    private static final Set<UnhandledError> PENDING = ConcurrentHashMap.newKeySet();

    private final Failure failure;
    private final String trail;
    private Cleaner.@Nullable Cleanable watch;

    private UnhandledError(Failure failure, String trail) {
        this.failure = failure;
        this.trail = trail;
    }

    /// The cleaner's thread starts with the first unhandled failure, not with this class.
    private static final class Collected {
        static final Cleaner CLEANER = Cleaner.create();
    }

    static UnhandledError watch(Deferred<?> deferred, Failure failure, String trail) {
        var error = new UnhandledError(failure, trail);
        PENDING.add(error);
        error.watch = Collected.CLEANER.register(deferred, error);
        return error;
    }

    /// Logs every failure that no one has handled up to now, once, and returns how many there were.
    public static int reportAll() {
        int reported = 0;
        for (UnhandledError error : List.copyOf(PENDING)) {
            if (PENDING.remove(error)) {
                error.report();
                reported++;
            }
        }
        return reported;
    }

    void handled() {
        PENDING.remove(this);
        if (watch != null) {
            watch.clean();
        }
    }

    /// Called by the cleaner when the Deferred is gone.
    @Override
    public void run() {
        if (PENDING.remove(this)) {
            report();
        }
    }

    private void report() {
        log.critical("Unhandled error in Deferred:");
        log.failure(trail, failure);
    }
}
