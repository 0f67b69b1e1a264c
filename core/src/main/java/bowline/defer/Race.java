package bowline.defer;

import bowline.failure.Failure;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first success among several Deferreds, which ends the others (AGG-7).
final class Race<T extends @Nullable Object> {
    private final List<Deferred<? extends T>> members;
    private final @Nullable Object[] failures;
    private final Deferred<Indexed<T>> won = new Deferred<>(_ -> cancelAllBut(-1));
    private int running;
    private boolean decided;

    Race(Collection<? extends Deferred<? extends T>> members) {
        this.members = List.copyOf(members);
        this.failures = new Object[this.members.size()];
        this.running = this.members.size();
    }

    Deferred<Indexed<T>> begin() {
        for (int i = 0; i < members.size(); i++) {
            members.get(i).addLayer(new Member(i));
        }
        return won;
    }

    private final class Member extends Layer {
        private final int index;

        Member(int index) {
            this.index = index;
        }

        @Override
        @Nullable
        Object apply(@Nullable Object result) {
            running--;
            if (result instanceof Failure) {
                lost(index, result);
            } else if (!decided) {
                won(index, result);
            }
            return null;
        }
    }

    private void lost(int index, Object failure) {
        failures[index] = failure;
        if (running == 0 && !decided) {
            decided = true;
            finish(Failure.of(new FailureGroup(Gathering.failures(failures))));
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // a member's success is a T, and null where T may be null
    private void won(int index, @Nullable Object value) {
        decided = true;
        cancelAllBut(index);
        finish(new Indexed<>(index, (T) value));
    }

    /// The race itself may have been cancelled while a member goes on, paused.
    private void finish(Object outcome) {
        if (!won.called()) {
            won.fire(outcome);
        }
    }

    private void cancelAllBut(int index) {
        for (int i = 0; i < members.size(); i++) {
            if (i != index) {
                members.get(i).cancel();
            }
        }
    }
}
