package bowline.reactor;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// One call from a reactor to another of its group, and the answer on its way back. Each side has a Deferred of its own
/// and touches only that; what travels between them are calls from thread to thread.
///
///     caller's thread   answer ◀──────────── fired by callFromThread ───────────┐
///     other's thread                 begin ──▶ call ──▶ work ──▶ done, or the reactor ended
final class Errand<T extends @Nullable Object> {
    private final Reactor caller;
    private final GroupMember other;
    private final Callable<? extends Deferred<T>> call;
    private final Deferred<T> answer = new Deferred<>(_ -> takeBack());
    private @Nullable Deferred<T> work; // of the other's thread
    private volatile boolean takenBack;

    Errand(Reactor caller, GroupMember other, Callable<? extends Deferred<T>> call) {
        this.caller = caller;
        this.other = other;
        this.call = call;
    }

    /// On the caller's thread.
    Deferred<T> send() {
        if (other.takes(this)) {
            other.reactor().callFromThread(this::begin);
        } else {
            lost();
        }
        return answer;
    }

    private void takeBack() {
        takenBack = true;
        other.reactor().callFromThread(() -> {
            if (work != null && !work.called()) {
                work.cancel();
            }
        });
    }

    private void begin() {
        if (takenBack) {
            other.finished(this);
            return;
        }
        Deferred<T> begun = Deferred.maybeDeferred(call);
        work = begun;
        begun.<@Nullable Void>addCallbacks(value -> done(() -> answer.callback(value)), failure -> done(failure));
    }

    private @Nullable Void done(Failure failure) {
        return done(() -> answer.errback(failure));
    }

    private @Nullable Void done(Runnable firing) {
        if (other.finished(this)) {
            fire(firing);
        }
        return null;
    }

    /// The other reactor has ended before there was an answer.
    void lost() {
        fire(() -> answer.errback(new ReactorNotRunning("a call to " + other.name())));
    }

    private void fire(Runnable firing) {
        caller.callFromThread(() -> {
            if (!answer.called()) { // else it was cancelled meanwhile
                firing.run();
            }
        });
    }
}
