package bowline.task;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.testing.ManualClock;
import bowline.time.Action;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// TSK-1 to TSK-10: calls again and again.
class LoopingCallTest {
    private final ManualClock clock = new ManualClock();
    private final List<Double> calls = new ArrayList<>();
    private final List<Object> seen = new ArrayList<>();
    private final LoopingCall loop = new LoopingCall(clock, () -> calls.add(clock.seconds()));

    @Test
    @DisplayName("TSK-1: a negative interval is an error, so is starting a running loop")
    void misuseIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> loop.start(ofSeconds(-1)));
        loop.start(ofSeconds(1));

        assertThatIllegalStateException().isThrownBy(() -> loop.start(ofSeconds(1)));
        assertThat(loop.running()).isTrue();
        assertThat(loop.interval()).isEqualTo(ofSeconds(1));
    }

    @Test
    @DisplayName("TSK-2: the first call is made inside start")
    void theFirstCallIsMadeInsideStart() {
        loop.start(ofSeconds(2));
        assertThat(calls).containsExactly(0.0);

        advanceBySeconds(1, 1, 2);

        assertThat(calls).containsExactly(0.0, 2.0, 4.0);
    }

    @Test
    @DisplayName("TSK-2: or an interval later")
    void orAnIntervalLater() {
        loop.start(ofSeconds(2), false);
        assertThat(calls).isEmpty();

        advanceBySeconds(2);

        assertThat(calls).containsExactly(2.0);
    }

    @Test
    @DisplayName("TSK-3: a late call skips the points it missed and the next is on the grid again")
    void aLateCallSkips() {
        loop.start(ofSeconds(2));

        advanceBySeconds(2, 5, 1, 2);

        assertThat(calls).containsExactly(0.0, 2.0, 7.0, 8.0, 10.0);
    }

    @Test
    @DisplayName("TSK-4: the next call waits for the Deferred, and then for the next point")
    void theNextCallWaitsForTheDeferred() {
        var answers = new ArrayList<Deferred<String>>();
        LoopingCall.deferring(clock, () -> {
                    calls.add(clock.seconds());
                    answers.add(new Deferred<>());
                    return answers.getLast();
                })
                .start(ofSeconds(2));

        advanceBySeconds(2, 3);
        assertThat(calls).containsExactly(0.0);
        answers.getFirst().callback("at 5");
        advanceBySeconds(1);

        assertThat(calls).containsExactly(0.0, 6.0);
    }

    @Test
    @DisplayName("TSK-5: no interval means on each turn, never within one")
    void noIntervalMeansEachTurn() {
        var three = new LoopingCall(clock, () -> {
            calls.add(clock.seconds());
            if (calls.size() == 3) {
                throw new IOException("enough");
            }
        });
        watch(three.start(ZERO));
        assertThat(calls).hasSize(1);

        clock.advance(ZERO);

        assertThat(calls).hasSize(3);
        assertThat(seen).containsExactly("enough");
    }

    @Test
    @DisplayName("TSK-6: what the call throws ends the loop and fails its Deferred")
    void throwingEndsTheLoop() {
        var failing = new LoopingCall(clock, () -> {
            throw new IOException("broken");
        });

        watch(failing.start(ofSeconds(1)));

        assertThat(seen).containsExactly("broken");
        assertThat(failing.running()).isFalse();
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("TSK-6: so does a Deferred that fails")
    void aFailingDeferredEndsTheLoop() {
        var answer = new Deferred<String>();
        var failing = LoopingCall.deferring(clock, () -> answer);
        watch(failing.start(ofSeconds(1)));

        answer.errback(new IOException("broken"));

        assertThat(seen).containsExactly("broken");
        assertThat(failing.running()).isFalse();
    }

    @Test
    @DisplayName("TSK-7: stop takes the planned call back and fires with the loop")
    void stopFires() {
        var finished = loop.start(ofSeconds(1));

        loop.stop();

        assertThat(finished.result()).isSameAs(loop);
        assertThat(clock.delayedCalls()).isEmpty();
        assertThatIllegalStateException().isThrownBy(loop::stop);
    }

    @Test
    @DisplayName("TSK-7: stopped while a Deferred is pending it fires after that")
    void stopWaitsForTheDeferred() {
        var answer = new Deferred<String>();
        var waiting = LoopingCall.deferring(clock, () -> answer);
        var finished = waiting.start(ofSeconds(1));

        waiting.stop();
        assertThat(finished.called()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> waiting.start(ofSeconds(1)));
        answer.callback("done");

        assertThat(finished.result()).isSameAs(waiting);
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("TSK-7: a call may stop its own loop, which can then be started again")
    void aCallMayStopItsLoop() {
        var once = new ArrayList<LoopingCall>();
        once.add(new LoopingCall(clock, () -> {
            calls.add(clock.seconds());
            once.getFirst().stop();
        }));

        assertThat(once.getFirst().start(ofSeconds(1)).result()).isSameAs(once.getFirst());
        once.getFirst().start(ofSeconds(1));

        assertThat(calls).hasSize(2);
    }

    @Test
    @DisplayName("TSK-7, CAN-2: cancelling the Deferred stops the loop")
    void cancellingStops() {
        var finished = loop.start(ofSeconds(1));

        finished.cancel();

        finished.onFailure(failure -> seen.add(failure.type())).addErrback(_ -> loop);
        assertThat(seen).containsExactly(CancelledError.class);
        assertThat(loop.running()).isFalse();
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("TSK-7, CAN-2: cancelled while a Deferred is pending it is over with that")
    void cancelledWhilePending() {
        var answer = new Deferred<String>();
        var waiting = LoopingCall.deferring(clock, () -> answer);
        waiting.start(ofSeconds(1)).addErrback(_ -> waiting).cancel();

        answer.callback("done");

        assertThat(clock.delayedCalls()).isEmpty();
        waiting.start(ofSeconds(1));
        assertThat(waiting.running()).isTrue();
    }

    @Test
    @DisplayName("TSK-8: reset begins the grid anew")
    void resetBeginsTheGridAnew() {
        loop.start(ofSeconds(2));
        advanceBySeconds(1);

        loop.reset();
        clock.pump(ofMillis(1999), ofMillis(1), ofSeconds(2));

        assertThat(calls).containsExactly(0.0, 3.0, 5.0);
        loop.stop();
        assertThatIllegalStateException().isThrownBy(loop::reset);
    }

    @Test
    @DisplayName("TSK-8: reset from within a call too")
    void resetFromWithinACall() {
        var late = new ArrayList<LoopingCall>();
        late.add(new LoopingCall(clock, () -> {
            calls.add(clock.seconds());
            late.getFirst().reset();
        }));
        late.getFirst().start(ofSeconds(2));

        clock.pump(ofMillis(2500), ofMillis(1999), ofMillis(1));

        assertThat(calls).containsExactly(0.0, 2.5, 4.5);
    }

    @Test
    @DisplayName("TSK-9: withCount tells how many points have passed since the last call")
    void withCountTellsThePoints() {
        var counts = new ArrayList<Long>();
        LoopingCall.withCount(clock, counts::add).start(ofSeconds(1), false);

        clock.pump(ofSeconds(1), ofMillis(3500), ofMillis(500));

        assertThat(counts).containsExactly(1L, 3L, 1L);
    }

    @Test
    @DisplayName("TSK-9: the first call inside start counts 1, and without interval it is always 1")
    void theFirstCountIsOne() {
        var counts = new ArrayList<Long>();
        LoopingCall.withCount(clock, counts::add).start(ofSeconds(1));
        var unpaced = LoopingCall.withCount(clock, points -> {
            counts.add(points);
            if (counts.size() == 3) {
                throw new IOException("enough");
            }
        });
        watch(unpaced.start(ZERO));

        clock.advance(ZERO);

        assertThat(counts).containsExactly(1L, 1L, 1L);
    }

    @Test
    @DisplayName("TSK-9, TSK-4: withCount and a Deferred, the points missed meanwhile included")
    void withCountAndADeferred() {
        var counts = new ArrayList<Long>();
        var answers = new ArrayList<Deferred<String>>();
        LoopingCall.withCountDeferring(clock, points -> {
                    counts.add(points);
                    answers.add(new Deferred<>());
                    return answers.getLast();
                })
                .start(ofSeconds(1));

        clock.advance(ofMillis(2500));
        answers.getFirst().callback("");
        clock.advance(ofMillis(500));

        assertThat(counts).containsExactly(1L, 3L);
    }

    @Test
    @DisplayName("TSK-9: a call with no point since the last is skipped, as of a clock that calls too early")
    void aCallWithoutAPointIsSkipped() {
        var counts = new ArrayList<String>();
        LoopingCall.withCount(new EarlyOnce(clock), points -> counts.add(points + " at " + clock.seconds()))
                .start(ofSeconds(1), false);

        clock.advance(ofMillis(999));
        assertThat(counts).isEmpty();
        clock.pump(ofMillis(1), ofSeconds(1));

        assertThat(counts).containsExactly("1 at 1.0", "1 at 2.0");
    }

    @Test
    @DisplayName("TSK-8, TSK-9: after a reset the points of the new grid count")
    void afterAResetTheNewGridCounts() {
        var counts = new ArrayList<Long>();
        var counting = LoopingCall.withCount(clock, counts::add);
        counting.start(ofSeconds(10));
        clock.advance(ofSeconds(13));

        counting.reset();
        clock.pump(ofSeconds(10), ofSeconds(20));

        assertThat(counts).containsExactly(1L, 1L, 1L, 2L);
    }

    /// A clock whose first call comes a millisecond too early.
    private record EarlyOnce(ManualClock clock) implements Clock {
        @Override
        public long nanos() {
            return clock.nanos();
        }

        @Override
        public Instant now() {
            return clock.now();
        }

        @Override
        public DelayedCall callLater(Duration delay, Action call) {
            return clock.callLater(clock.nanos() == 0 ? delay.minusMillis(1) : delay, call);
        }

        @Override
        public Collection<DelayedCall> delayedCalls() {
            return clock.delayedCalls();
        }
    }

    @Test
    @DisplayName("TSK-10: no rounding ever plans a call for the point that was just met")
    void noPointComesTwice() {
        loop.start(ofNanos(333_333_333));
        for (int i = 0; i < 1000; i++) {
            clock.advance(ofNanos(333_333_333));
        }

        assertThat(calls).hasSize(1001);
        assertThat(clock.delayedCalls())
                .singleElement()
                .satisfies(call -> assertThat(call.time()).isEqualTo(clock.nanos() + 333_333_333));
    }

    private void watch(Deferred<LoopingCall> finished) {
        finished.onFailure(failure -> seen.add(failure.message())).addErrback(_ -> loop);
    }

    private void advanceBySeconds(int... seconds) {
        for (int time : seconds) {
            clock.advance(Duration.ofSeconds(time));
        }
    }
}
