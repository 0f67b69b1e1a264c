package bowline.defer;

import bowline.failure.Failure;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A [FilesystemLock] that can be waited for: it is tried again each second (LCK-7). Used on the reactor's
/// thread only.
public final class DeferredFilesystemLock {

    /// The time from one try to the next.
    public static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

    private final FilesystemLock lock;
    private final Clock clock;
    private @Nullable Attempt pending;

    /// The lock at `path`, not yet taken.
    public DeferredFilesystemLock(Path path, Clock clock) {
        this.lock = new FilesystemLock(path);
        this.clock = clock;
    }

    /// Fires with this when the lock is taken. Cancelling makes one last try, and fires with this if it
    /// succeeds. While one call is pending, another fails with [AlreadyTryingToLockError].
    public Deferred<DeferredFilesystemLock> deferUntilLocked() {
        return attempt(null);
    }

    /// As [#deferUntilLocked()]; fails with [TimeoutError] when the lock could not be taken within `timeout`.
    public Deferred<DeferredFilesystemLock> deferUntilLocked(Duration timeout) {
        return attempt(timeout);
    }

    /// Gives the lock back.
    ///
    /// @throws IllegalStateException if it was not taken
    /// @throws IOException if it cannot be removed, or somebody else has it now
    public void unlock() throws IOException {
        lock.unlock();
    }

    /// The lock itself.
    public FilesystemLock lock() {
        return lock;
    }

    private Deferred<DeferredFilesystemLock> attempt(@Nullable Duration timeout) {
        if (pending != null) {
            return Deferred.fail(new AlreadyTryingToLockError());
        }
        var attempt = new Attempt(timeout);
        pending = attempt;
        attempt.tryAndTryAgain();
        return attempt.locked;
    }

    /// One wait for the lock. Each way out goes through [#end].
    private final class Attempt {
        private final Deferred<DeferredFilesystemLock> locked = new Deferred<>(_ -> tryOnceMore());
        private final @Nullable DelayedCall limit;
        private @Nullable DelayedCall retry;

        Attempt(@Nullable Duration timeout) {
            limit = timeout == null
                    ? null
                    : clock.callLater(timeout, () -> end(Failure.of(new TimeoutError(timeout, "filesystem lock"))));
        }

        void tryAndTryAgain() {
            if (!tryLock()) {
                retry = clock.callLater(RETRY_INTERVAL, this::tryAndTryAgain);
            }
        }

        private void tryOnceMore() {
            if (!tryLock()) {
                end(Failure.of(new CancelledError()));
            }
        }

        /// True when the wait is over: with the lock, or with an error that no further try would mend.
        private boolean tryLock() {
            try {
                if (!lock.lock()) {
                    return false;
                }
                end(DeferredFilesystemLock.this);
            } catch (IOException broken) {
                end(Failure.of(broken));
            }
            return true;
        }

        private void end(Object outcome) {
            pending = null;
            stop(retry);
            stop(limit);
            locked.fire(outcome);
        }

        private static void stop(@Nullable DelayedCall call) {
            if (call != null) {
                call.cancelIfActive();
            }
        }
    }
}
