package bowline.task;

import static bowline.testing.DeferredAssertions.assertNoResult;
import static bowline.testing.DeferredAssertions.failureResultOf;
import static bowline.testing.DeferredAssertions.successResultOf;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// COO-1 to COO-7: long computations in turn.
class CooperatorTest {
    private final ManualClock clock = new ManualClock();
    private final Cooperator cooperator = new Cooperator(clock);
    private final List<String> steps = new ArrayList<>();

    private Iterator<?> counting(String name, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> record(name + i)).iterator();
    }

    private String record(String step) {
        steps.add(step);
        return step;
    }

    /// Steps that each take 4 ms of the clock.
    private Iterator<?> slow(String name, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> {
                    clock.advance(ofMillis(4));
                    return record(name + i);
                })
                .iterator();
    }

    private Iterator<Deferred<?>> waiting(Deferred<?>... each) {
        return Stream.of(each).<Deferred<?>>map(deferred -> deferred).iterator();
    }

    private void turn() {
        clock.advance(Duration.ofNanos(10));
    }

    @Test
    @DisplayName("COO-1: tasks take steps in turn; the Deferred carries the exhausted iterator")
    void tasksTakeStepsInTurn() {
        Iterator<?> a = counting("a", 2);
        Deferred<Iterator<?>> done = cooperator.coiterate(a);
        Deferred<Iterator<?>> otherDone = cooperator.coiterate(counting("b", 3));
        assertThat(steps).isEmpty();

        turn();

        assertThat(steps).containsExactly("a1", "b1", "a2", "b2", "b3");
        assertThat(successResultOf(done)).isSameAs(a);
        successResultOf(otherDone);
        assertThat(cooperator.tasks()).isZero();
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("COO-1: a task that comes while others run gets its turn in the same round")
    void lateComersJoinTheRound() {
        cooperator.cooperate(slow("a", 4));
        turn();
        assertThat(steps).containsExactly("a1", "a2", "a3");

        cooperator.cooperate(counting("b", 1));
        turn();

        assertThat(steps).containsExactly("a1", "a2", "a3", "a4", "b1");
    }

    @Test
    @DisplayName("COO-2: a slice ends when its time is over, checked after each step; one step at least")
    void aSliceEndsWhenItsTimeIsOver() {
        cooperator.cooperate(slow("a", 5));
        turn();
        assertThat(steps).containsExactly("a1", "a2", "a3"); // 12 ms are more than 10

        cooperator.stop();
        var eager = new Cooperator(clock, Duration.ZERO);
        eager.cooperate(counting("b", 2));
        steps.clear();
        turn();

        assertThat(steps).contains("b1").doesNotContain("b2");
    }

    @Test
    @DisplayName("COO-2: a clock that stands still does not make a slice endless")
    void aSliceHasALimitOfSteps() {
        cooperator.cooperate(Stream.generate(() -> record("x")).iterator());

        turn();

        assertThat(steps).hasSize(Cooperator.STEPS_MAX);
        assertThat(cooperator.tasks()).isOne();
    }

    @Test
    @DisplayName("COO-2: a negative slice is refused")
    void aNegativeSliceIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cooperator(clock, ofSeconds(-1)));
    }

    @Test
    @DisplayName("COO-3: a step that answers a Deferred holds its task, and no other")
    void aDeferredHoldsItsTask() {
        var answer = new Deferred<String>();
        Deferred<Iterator<Deferred<?>>> done = cooperator.coiterate(waiting(answer));
        cooperator.coiterate(counting("b", 2));

        turn();
        assertThat(steps).containsExactly("b1", "b2");
        assertNoResult(done);
        assertThat(clock.delayedCalls()).isEmpty();

        answer.callback("there");
        turn();
        successResultOf(done);
    }

    @Test
    @DisplayName("COO-3: a Deferred that has fired holds nobody up")
    void aFiredDeferredHoldsNobodyUp() {
        Deferred<Iterator<Deferred<?>>> done = cooperator.coiterate(waiting(Deferred.succeed(1), Deferred.succeed(2)));

        turn();

        successResultOf(done);
    }

    @Test
    @DisplayName("COO-3: its failure fails the task")
    void itsFailureFailsTheTask() {
        var answer = new Deferred<String>();
        CooperativeTask<Iterator<Deferred<?>>> task = cooperator.cooperate(waiting(answer));
        Deferred<Iterator<Deferred<?>>> done = task.whenDone();
        turn();

        answer.errback(new IllegalStateException("no answer"));

        assertThat(failureResultOf(done, IllegalStateException.class).message()).contains("no answer");
        assertThatExceptionOfType(TaskFailed.class)
                .isThrownBy(task::pause)
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("COO-4: pauses count")
    void pausesCount() {
        CooperativeTask<Iterator<?>> task = cooperator.cooperate(counting("a", 1));
        task.pause();
        task.pause();
        task.resume();
        turn();
        assertThat(steps).isEmpty();

        task.resume();
        turn();

        assertThat(steps).containsExactly("a1");
        assertThatExceptionOfType(NotPaused.class).isThrownBy(task::resume);
    }

    @Test
    @DisplayName("COO-4: resuming is not what ends the wait for a Deferred")
    void resumingDoesNotEndTheWait() {
        var answer = new Deferred<String>();
        CooperativeTask<Iterator<Deferred<?>>> task = cooperator.cooperate(waiting(answer));
        turn();
        assertThatExceptionOfType(NotPaused.class).isThrownBy(task::resume);

        task.pause();
        answer.callback("there");
        turn();
        assertThat(task.isOver()).isFalse();

        task.resume();
        turn();
        assertThat(task.isOver()).isTrue();
    }

    @Test
    @DisplayName("COO-4: what is over cannot be paused or stopped, and says which end it had")
    void whatIsOverSaysSo() {
        CooperativeTask<Iterator<?>> finished = cooperator.cooperate(counting("a", 1));
        turn();
        assertThatExceptionOfType(TaskDone.class).isThrownBy(finished::pause);

        CooperativeTask<Iterator<?>> stopped = cooperator.cooperate(counting("b", 1));
        stopped.stop();
        assertThatExceptionOfType(TaskStopped.class).isThrownBy(stopped::stop);
        assertThatExceptionOfType(TaskFinished.class).isThrownBy(stopped::pause);
    }

    @Test
    @DisplayName("COO-4: a task may pause, resume and stop itself in a step")
    void aTaskMayActOnItself() {
        var task = new Object() {
            CooperativeTask<Iterator<Object>> it;
        };
        Iterator<Object> acting = IntStream.rangeClosed(1, 9)
                .<Object>mapToObj(i -> {
                    task.it.pause();
                    task.it.resume();
                    if (i == 3) {
                        task.it.stop();
                    }
                    return record("s" + i);
                })
                .iterator();
        task.it = cooperator.cooperate(acting);
        cooperator.cooperate(counting("b", 3));

        turn();

        assertThat(steps).containsExactly("s1", "b1", "s2", "b2", "s3", "b3");
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("COO-5: whenDone answers a new Deferred each time, also afterwards")
    void whenDoneAnswersANewDeferred() {
        Iterator<?> a = counting("a", 1);
        CooperativeTask<Iterator<?>> task = cooperator.cooperate(a);
        Deferred<Iterator<?>> early = task.whenDone();
        turn();

        assertThat(task.whenDone()).isNotSameAs(early);
        assertThat(successResultOf(early)).isSameAs(a);
        assertThat(successResultOf(task.whenDone())).isSameAs(a);
    }

    @Test
    @DisplayName("COO-5: a stop fails it with TaskStopped, and cancels what the task waits for")
    void aStopFailsIt() {
        var answer = new Deferred<String>();
        CooperativeTask<Iterator<Deferred<?>>> task = cooperator.cooperate(waiting(answer));
        Deferred<Iterator<Deferred<?>>> done = task.whenDone();
        turn();

        task.stop();

        failureResultOf(done, TaskStopped.class);
        assertThat(answer.called()).isTrue();
        turn();
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("COO-5: an exception fails it")
    void anExceptionFailsIt() {
        Deferred<Iterator<Object>> done = cooperator.coiterate(
                Stream.generate(() -> (Object) Integer.valueOf("x")).iterator());

        turn();

        failureResultOf(done, NumberFormatException.class);
    }

    @Test
    @DisplayName("COO-5: cancelling the Deferred of coiterate stops the task")
    void cancellingStops() {
        Deferred<Iterator<?>> done = cooperator.coiterate(counting("a", 9));

        done.cancel();

        failureResultOf(done, TaskStopped.class);
        turn();
        assertThat(steps).isEmpty();
    }

    @Test
    @DisplayName("COO-5: cancelling the Deferred of whenDone ends that wait only")
    void cancellingAWaitEndsThatOnly() {
        CooperativeTask<Iterator<?>> task = cooperator.cooperate(counting("a", 1));
        Deferred<Iterator<?>> wait = task.whenDone();

        wait.cancel();
        turn();

        failureResultOf(wait, CancelledError.class);
        assertThat(steps).containsExactly("a1");
    }

    @Test
    @DisplayName("COO-6: a stopped cooperator ends its tasks, and each that is added")
    void aStoppedCooperatorEndsItsTasks() {
        Deferred<Iterator<?>> done = cooperator.coiterate(counting("a", 9));

        cooperator.stop();

        failureResultOf(done, SchedulerStopped.class);
        failureResultOf(cooperator.coiterate(counting("b", 1)), SchedulerStopped.class);
        assertThat(clock.delayedCalls()).isEmpty();
        assertThat(cooperator.running()).isFalse();
        assertThat(steps).isEmpty();
    }

    @Test
    @DisplayName("COO-6: one that is not started keeps its tasks until it is")
    void oneThatIsNotStartedKeepsItsTasks() {
        var later = Cooperator.notStarted(clock);
        later.cooperate(counting("a", 1));
        turn();
        assertThat(steps).isEmpty();

        later.start();
        turn();

        assertThat(steps).containsExactly("a1");
    }

    @Test
    @DisplayName("COO-7: there is no global one: two cooperators know nothing of each other")
    void thereIsNoGlobalOne() {
        var other = new Cooperator(clock);
        other.cooperate(counting("b", 1));

        cooperator.stop();
        turn();

        assertThat(steps).containsExactly("b1");
    }
}
