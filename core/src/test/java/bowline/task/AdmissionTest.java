package bowline.task;

import static bowline.testing.DeferredAssertions.assertNoResult;
import static bowline.testing.DeferredAssertions.failureResultOf;
import static bowline.testing.DeferredAssertions.successResultOf;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.task.Admission.Limits;
import bowline.testing.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// How much work is let in at a time.
class AdmissionTest {
    private final ManualClock clock = new ManualClock();
    private final Admission admission = new Admission(clock, new Limits(2, 2, ofSeconds(3)));
    private final List<Deferred<String>> begun = new ArrayList<>();

    private Deferred<String> ask() {
        return admission.run(() -> {
            var operation = new Deferred<String>();
            begun.add(operation);
            return operation;
        });
    }

    @Test
    @DisplayName("some run, some wait, the rest is turned away; a place that is free goes to who waited longest")
    void someRunSomeWait() {
        Deferred<String> first = ask();
        Deferred<String> second = ask();
        Deferred<String> third = ask();
        Deferred<String> fourth = ask();
        Deferred<String> fifth = ask();
        assertThat(begun).hasSize(2);
        assertThat(admission.waiting()).isEqualTo(2);
        assertReason(fifth, Overloaded.Reason.QUEUE_FULL);

        begun.get(1).callback("second");
        assertThat(successResultOf(second)).isEqualTo("second");
        assertThat(begun).hasSize(3);
        begun.get(2).errback(new IOException("third"));
        failureResultOf(third, IOException.class);
        begun.get(3).callback("fourth");
        assertThat(successResultOf(fourth)).isEqualTo("fourth");
        assertNoResult(first);

        assertThat(admission.running()).isOne();
        assertThat(admission.admitted()).isEqualTo(4);
        assertThat(admission.refused()).isOne();
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("nobody waits longer than maxWait")
    void nobodyWaitsLonger() {
        ask();
        ask();
        Deferred<String> third = ask();
        clock.advance(ofSeconds(2));
        Deferred<String> fourth = ask();

        clock.advance(ofSeconds(1));

        assertReason(third, Overloaded.Reason.WAITED_TOO_LONG);
        assertNoResult(fourth);
        assertThat(admission.waiting()).isOne();
        assertThat(begun).hasSize(2);
    }

    @Test
    @DisplayName("work that is over at once holds no place")
    void workThatIsOverAtOnceHoldsNoPlace() {
        for (int i = 0; i < 100; i++) {
            successResultOf(admission.run(() -> Deferred.succeed("quick")));
            failureResultOf(
                    admission.run(() -> {
                        throw new IOException("quick");
                    }),
                    IOException.class);
        }

        assertThat(admission.running()).isZero();
    }

    @Test
    @DisplayName("who is cancelled while waiting leaves the queue")
    void cancelledWhileWaiting() {
        ask();
        ask();
        Deferred<String> third = ask();

        third.cancel();

        failureResultOf(third, CancelledError.class);
        assertThat(admission.waiting()).isZero();
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("who is cancelled later has the work cancelled, and its place is free when that is over")
    void cancelledLater() {
        var stubborn = new Deferred<String>();
        Deferred<String> first = admission.run(() -> new Deferred<String>(_ -> {}).addErrbackDeferring(_ -> stubborn));
        ask();
        Deferred<String> third = ask();

        first.cancel();
        failureResultOf(first, CancelledError.class);
        assertThat(begun).hasSize(1);

        stubborn.callback("over at last");
        assertThat(begun).hasSize(2);
        begun.getLast().callback("third");
        assertThat(successResultOf(third)).isEqualTo("third");
    }

    @Test
    @DisplayName("draining turns away what waits and what comes, and fires when nothing is under way")
    void drains() {
        Deferred<String> first = ask();
        ask();
        Deferred<String> third = ask();

        Deferred<?> drained = admission.drain();
        assertReason(third, Overloaded.Reason.DRAINING);
        assertReason(ask(), Overloaded.Reason.DRAINING);
        begun.get(0).callback("first");
        assertNoResult(drained);
        begun.get(1).callback("second");

        successResultOf(drained);
        successResultOf(first);
        successResultOf(admission.drain());
    }

    @Test
    @DisplayName("limits that let nothing in are refused")
    void limitsThatLetNothingInAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0, 1, ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, -1, ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, ofSeconds(-1)));
    }

    private static void assertReason(Deferred<?> refused, Overloaded.Reason reason) {
        assertThat(((Overloaded) failureResultOf(refused, Overloaded.class).value()).reason())
                .isEqualTo(reason);
    }

    @Test
    @DisplayName("work that is over as soon as it begins does not recurse, however much waits")
    void shortWorkDoesNotRecurse() {
        var one = new Admission(clock, new Limits(1, 100_000, ofSeconds(3)));
        var gate = new Deferred<Integer>();
        var results = new ArrayList<Deferred<Integer>>();
        results.add(one.run(() -> gate));
        for (int i = 1; i <= 100_000; i++) {
            int number = i;
            results.add(one.run(() -> Deferred.succeed(number)));
        }

        gate.callback(0);

        assertThat(successResultOf(results.getLast())).isEqualTo(100_000);
        assertThat(one.running()).isZero();
        assertThat(one.admitted()).isEqualTo(100_001);
    }
}
