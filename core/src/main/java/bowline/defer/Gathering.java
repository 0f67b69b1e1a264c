package bowline.defer;

import bowline.defer.DeferredList.Flag;
import bowline.failure.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The results of a [DeferredList]'s members as they come in (AGG-1 to AGG-6).
final class Gathering<T extends @Nullable Object> {
    private final List<Deferred<? extends T>> members;
    private final @Nullable Object[] results;
    private final Deferred<@Nullable Indexed<T>> done = new Deferred<>(_ -> cancelMembers());
    private final boolean consumesErrors;
    private final boolean failsOnOne;
    private final boolean firesOnOne;
    private int missing;

    Gathering(Collection<? extends Deferred<? extends T>> members, Set<Flag> flags, boolean firesOnOne) {
        this.members = List.copyOf(members);
        this.results = new Object[this.members.size()];
        this.missing = this.members.size();
        this.consumesErrors = flags.contains(Flag.CONSUME_ERRORS);
        this.failsOnOne = flags.contains(Flag.FIRE_ON_ONE_ERRBACK);
        this.firesOnOne = firesOnOne;
    }

    /// Fires with null when all results are in, or earlier with the success or [FirstError] that decides.
    Deferred<@Nullable Indexed<T>> begin() {
        if (members.isEmpty() && !firesOnOne) {
            done.callback(null);
        }
        for (int i = 0; i < members.size(); i++) {
            members.get(i).addLayer(new Member(i));
        }
        return done;
    }

    private void cancelMembers() {
        members.forEach(Chain::cancel);
    }

    private final class Member extends Layer {
        private final int index;

        Member(int index) {
            this.index = index;
        }

        @Override
        @Nullable
        Object apply(@Nullable Object result) {
            results[index] = result;
            missing--;
            if (!done.called()) {
                decide(index, result);
            }
            return consumesErrors && result instanceof Failure ? null : result;
        }
    }

    private void decide(int index, @Nullable Object result) {
        if (result instanceof Failure failure) {
            if (failsOnOne) {
                done.errback(new FirstError(failure, index));
                return;
            }
        } else if (firesOnOne) {
            done.callback(new Indexed<>(index, value(result)));
            return;
        }
        if (missing == 0) {
            done.callback(null);
        }
    }

    List<Outcome<T>> outcomes() {
        var outcomes = new ArrayList<Outcome<T>>(results.length);
        for (Object result : results) {
            outcomes.add(
                    result instanceof Failure failure
                            ? new Outcome.Failed<>(failure)
                            : new Outcome.Success<>(value(result)));
        }
        return outcomes;
    }

    List<T> values() {
        var values = new ArrayList<T>(results.length);
        for (Object result : results) {
            values.add(value(result));
        }
        return values;
    }

    FailureGroup noSuccess() {
        return new FailureGroup(failures(results));
    }

    /// The results of which each is a failure, as failures.
    static List<Failure> failures(@Nullable Object[] results) {
        var failures = new ArrayList<Failure>(results.length);
        for (Object result : results) {
            if (!(result instanceof Failure failure)) {
                throw new AssertionError("a success among failures: " + result);
            }
            failures.add(failure);
        }
        return failures;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // a member's success is a T, and null where T may be null
    private T value(@Nullable Object result) {
        return (T) result;
    }
}
