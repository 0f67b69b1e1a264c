package bowline.defer;

import static bowline.testing.DeferredAssertions.assertNoResult;
import static bowline.testing.DeferredAssertions.failureResultOf;
import static bowline.testing.DeferredAssertions.successResultOf;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import bowline.failure.Failure;
import bowline.log.CapturedLogs;
import bowline.testing.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// AGG-8: operations that belong together. The rules are those of `docs/task-groups.md`.
class TaskGroupTest {
    private final ManualClock clock = new ManualClock();
    private final List<String> cancelled = new ArrayList<>();

    /// An operation that notes when it is cancelled, and then fails.
    private Deferred<String> operation(String name) {
        return new Deferred<>(_ -> cancelled.add(name));
    }

    /// An operation that notes when it is cancelled, and goes on.
    private Deferred<String> stubborn(Deferred<String> end) {
        return Deferred.<Integer>succeed(1).<String>addCallbackDeferring(_ -> goingOn(end));
    }

    private static Deferred<String> goingOn(Deferred<String> end) {
        var wait = new Deferred<String>(_ -> {});
        end.addBoth((value, failure) -> {
            if (!wait.called()) {
                wait.callback(value);
            }
            return value;
        });
        return wait.addErrbackDeferring(_ -> end.called() ? Deferred.succeed("late") : goingOn(end));
    }

    @Test
    @DisplayName("AGG-8 TGR-1, TGR-5: the group answers the values in the order of starting, when every task is over")
    void answersTheValues() {
        var first = operation("first");
        var second = operation("second");
        var group = TaskGroup.<String>failFast();
        group.start(() -> first);
        group.start(() -> second);
        group.start(() -> Deferred.succeed("c"));
        Deferred<List<String>> result = group.close();

        second.callback("b");
        assertNoResult(result);
        assertThat(group.running()).isOne();

        first.callback("a");
        assertThat(successResultOf(result)).containsExactly("a", "b", "c");
    }

    @Test
    @DisplayName("AGG-8 TGR-1: a group without tasks is over when it is closed")
    void anEmptyGroupIsOver() {
        assertThat(successResultOf(TaskGroup.<String>failFast().close())).isEmpty();
        assertThat(successResultOf(TaskGroup.<String>collecting().close())).isEmpty();
    }

    @Test
    @DisplayName("AGG-8 TGR-1: what work throws is a failure of its task")
    void whatWorkThrowsIsItsFailure() {
        var group = TaskGroup.<String>failFast();
        group.start(() -> {
            throw new IOException("no disk");
        });

        failureResultOf(group.close(), IOException.class);
    }

    @Test
    @DisplayName("AGG-8 TGR-2: a task may start others, after the group is closed too; what is over takes none")
    void aTaskMayStartOthers() {
        var trigger = new Deferred<String>();
        var last = operation("last");
        var group = TaskGroup.<String>failFast();
        group.start(() -> trigger.onSuccess(_ -> group.start(() -> last)));
        Deferred<List<String>> result = group.close();

        trigger.callback("first");
        assertNoResult(result);
        last.callback("last");

        assertThat(successResultOf(result)).containsExactly("first", "last");
        assertThatIllegalStateException().isThrownBy(() -> group.start(() -> last));
        assertThatIllegalStateException().isThrownBy(group::close);
        assertThatIllegalStateException().isThrownBy(() -> group.deadline(ofSeconds(1), clock));
    }

    @Test
    @DisplayName("AGG-8 TGR-3: the first failure cancels the others, youngest first, and is the group's")
    void failsFast() {
        var failing = operation("failing");
        var group = TaskGroup.<String>failFast();
        group.start(() -> operation("a"));
        group.start(() -> failing);
        group.start(() -> operation("c"));
        Deferred<List<String>> result = group.close();

        failing.errback(new IOException("broken"));

        assertThat(cancelled).containsExactly("c", "a");
        assertThat(failureResultOf(result, IOException.class).message()).isEqualTo("broken");
    }

    @Test
    @DisplayName("AGG-8 TGR-3: a task that fails while another starts ends that one as well")
    void aFailureInsideAStartEndsIt() {
        var group = TaskGroup.<String>failFast();
        group.start(() -> {
            group.start(() -> Deferred.fail(new IOException("inner")));
            return operation("outer");
        });

        failureResultOf(group.close(), IOException.class);
        assertThat(cancelled).containsExactly("outer");
    }

    @Test
    @DisplayName("AGG-8 TGR-4: collecting tells how each ended")
    void collects() {
        var broken = new IOException("broken");
        var group = TaskGroup.<String>collecting();
        var slow = operation("slow");
        group.start(() -> slow);
        group.start(() -> Deferred.fail(broken));
        Deferred<List<Outcome<String>>> result = group.close();
        assertNoResult(result);
        assertThat(cancelled).isEmpty();

        slow.callback("value");

        List<Outcome<String>> outcomes = successResultOf(result);
        assertThat(outcomes.getFirst()).isEqualTo(new Outcome.Success<>("value"));
        assertThat(((Outcome.Failed<String>) outcomes.getLast()).failure().value())
                .isSameAs(broken);
    }

    @Test
    @DisplayName("AGG-8 TGR-6: a group that is ending calls no work")
    void aGroupThatIsEndingCallsNoWork() {
        var end = new Deferred<String>();
        var group = TaskGroup.<String>failFast();
        group.start(() -> stubborn(end));
        group.start(() -> Deferred.fail(new IOException("broken")));

        GroupTask<String> late = group.start(() -> {
            throw new AssertionError("called");
        });

        failureResultOf(late.whenDone(), CancelledError.class);
        Deferred<List<String>> result = group.close();
        assertNoResult(result);
        end.callback("over");
        failureResultOf(result, IOException.class);
    }

    @Test
    @DisplayName("AGG-8 TGR-7: a deadline fails a fail-fast group with TimeoutError, and cancels what is left")
    void aDeadlineEndsAFailFastGroup() {
        var group = TaskGroup.<String>failFast().deadline(ofSeconds(5), clock);
        group.start(() -> operation("a"));
        Deferred<List<String>> result = group.close();

        clock.advance(ofSeconds(5));

        assertThat(cancelled).containsExactly("a");
        assertThat(failureResultOf(result, TimeoutError.class).message()).contains("5.0 seconds");
    }

    @Test
    @DisplayName("AGG-8 TGR-7: collecting, the tasks that it ended have timed out, and no others")
    void aDeadlineEndsTheTasksOfACollectingGroup() {
        var group = TaskGroup.<String>collecting().deadline(ofSeconds(5), clock);
        group.start(() -> operation("slow"));
        GroupTask<String> alone = group.start(() -> operation("alone"));
        group.start(() -> Deferred.succeed("quick"));
        alone.cancel();
        Deferred<List<Outcome<String>>> result = group.close();

        clock.advance(ofSeconds(5));

        List<Outcome<String>> outcomes = successResultOf(result);
        assertThat(failureOf(outcomes.get(0))).isInstanceOf(TimeoutError.class);
        assertThat(failureOf(outcomes.get(1))).isInstanceOf(CancelledError.class);
        assertThat(outcomes.get(2).value()).isEqualTo("quick");
    }

    @Test
    @DisplayName("AGG-8 TGR-7: a group that is over leaves no timed call behind")
    void leavesNoTimedCall() {
        var slow = operation("slow");
        var group = TaskGroup.<String>failFast().deadline(ofSeconds(1), clock).deadline(ofSeconds(5), clock);
        group.start(() -> slow);
        Deferred<List<String>> result = group.close();
        assertThat(clock.delayedCalls()).hasSize(1);

        slow.callback("in time");

        assertThat(clock.delayedCalls()).isEmpty();
        successResultOf(result);
    }

    @Test
    @DisplayName("AGG-8 TGR-8: cancelling the result cancels every task, youngest first")
    void cancellingTheResult() {
        var group = TaskGroup.<String>collecting();
        group.start(() -> operation("a"));
        group.start(() -> operation("b"));
        Deferred<List<Outcome<String>>> result = group.close();

        result.cancel();

        assertThat(cancelled).containsExactly("b", "a");
        failureResultOf(result, CancelledError.class);
    }

    @Test
    @DisplayName("AGG-8 TGR-8, TGR-9: a task that goes on holds the group up, however often it is cancelled")
    void aStubbornTaskHoldsTheGroupUp() {
        var end = new Deferred<String>();
        var group = TaskGroup.<String>failFast();
        group.start(() -> stubborn(end));
        Deferred<List<String>> result = group.close();

        result.cancel();
        assertNoResult(result);
        result.cancel();
        assertNoResult(result);
        assertThat(group.running()).isOne();

        end.callback("over");
        failureResultOf(result, CancelledError.class);
    }

    @Test
    @DisplayName("AGG-8 TGR-10: each task can be watched, as often as one likes, and the wait given up")
    void eachTaskCanBeWatched() {
        var slow = operation("slow");
        var group = TaskGroup.<String>collecting();
        GroupTask<String> task = group.start(() -> slow);
        Deferred<String> early = task.whenDone();
        Deferred<String> given = task.whenDone();
        given.cancel();
        failureResultOf(given, CancelledError.class);
        assertThat(cancelled).isEmpty();
        assertThat(task.isOver()).isFalse();

        slow.callback("value");

        assertThat(successResultOf(early)).isEqualTo("value");
        assertThat(successResultOf(task.whenDone())).isEqualTo("value");
        assertThat(task.isOver()).isTrue();
        successResultOf(group.close());
    }

    @Test
    @DisplayName("AGG-8: whatever the order in which tasks end, each is counted once and the group ends once")
    void endsOnceInAnyOrder() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            boolean failsFast = random.nextBoolean();
            TaskGroup<Integer, ?> group = failsFast ? TaskGroup.failFast() : TaskGroup.collecting();
            var open = new ArrayList<Deferred<Integer>>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                var task = new Deferred<Integer>();
                open.add(task);
                group.start(() -> task);
            }
            Deferred<?> result = group.close();
            boolean failed = false;
            while (!open.isEmpty()) {
                Deferred<Integer> next = open.remove(random.nextInt(open.size()));
                if (next.called()) {
                    continue; // the group cancelled it
                }
                assertThat(result.hasResult()).as("seed " + seed).isFalse();
                if (random.nextInt(4) == 0) {
                    failed = true;
                    next.errback(new IOException("one"));
                } else {
                    next.callback(1);
                }
            }
            assertThat(group.running()).as("seed " + seed).isZero();
            if (failed && failsFast) {
                failureResultOf(result, IOException.class);
            } else {
                successResultOf(result);
            }
        }
    }

    private static Throwable failureOf(Outcome<String> outcome) {
        return ((Outcome.Failed<String>) outcome).failure().value();
    }

    @Test
    @DisplayName("AGG-8 TGR-11: no task's failure is reported, watched or not; the group's is when nobody handles it")
    void onlyTheGroupsFailureIsReported() {
        int before = UnhandledError.reportAll(); // what other tests have left
        try (var logs = CapturedLogs.open()) {
            var collecting = TaskGroup.<String>collecting();
            collecting.start(() -> Deferred.fail(new IOException("a task's")));
            collecting.close();
            var failing = TaskGroup.<String>failFast();
            failing.start(() -> operation("cancelled with it"));
            failing.start(() -> Deferred.fail(new IOException("the group's")));
            assertThat(UnhandledError.reportAll())
                    .as("before close; %d of others", before)
                    .isZero();

            Deferred<List<String>> unhandled = failing.close();
            assertThat(UnhandledError.reportAll()).isOne();
            assertThat(logs.failures()).extracting(Failure::message).containsExactly("the group's");
            unhandled.addErrback(_ -> List.of());
        }
    }
}
