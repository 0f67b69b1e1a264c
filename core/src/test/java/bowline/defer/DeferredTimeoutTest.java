package bowline.defer;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import bowline.protocol.ConnectError;
import bowline.protocol.ConnectTimeout;
import bowline.testing.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Section 3: timeouts; DEF-28: the next turn.
class DeferredTimeoutTest {
    private final ManualClock clock = new ManualClock();
    private final List<Object> seen = new ArrayList<>();
    private final Deferred<String> deferred = new Deferred<>();

    @Test
    @DisplayName("TMO-1, TMO-2: without a result in time it is cancelled and fails with TimeoutError")
    void failsWithTimeoutError() {
        deferred.addTimeout(ofMillis(2500), clock).onFailure(failure -> seen.add(failure.value()));

        clock.advance(ofMillis(2499));
        assertThat(seen).isEmpty();
        clock.advance(ofMillis(1));

        assertThat(seen).singleElement().isInstanceOfSatisfying(TimeoutError.class, error -> {
            assertThat(error.timeout()).isEqualTo(ofMillis(2500));
            assertThat(error).hasMessage("Deferred timed out after 2.5 seconds");
        });
        handle();
    }

    @Test
    @DisplayName("TMO-2: what a canceller gave in time of the timeout passes unchanged")
    void aCancellersResultPasses() {
        var own = new Deferred<String>(self -> self.errback(new IOException("torn")));
        own.addTimeout(ofSeconds(1), clock)
                .onFailure(failure -> seen.add(failure.message()))
                .addErrback(_ -> "");

        clock.advance(ofSeconds(1));

        assertThat(seen).containsExactly("torn");
    }

    @Test
    @DisplayName("TMO-3: onTimeoutCancel answers in place of the TimeoutError")
    void onTimeoutCancelAnswers() {
        deferred.addTimeout(ofSeconds(1), clock, (value, failure) -> value + " " + (failure == null));

        clock.advance(ofSeconds(1));

        assertThat(deferred.result()).isEqualTo("null false");
    }

    @Test
    @DisplayName("TMO-3: onTimeoutCancel is asked whatever came of cancelling")
    void onTimeoutCancelSeesAnyResult() {
        deferred.addErrback(_ -> "recovered").addTimeout(ofSeconds(1), clock, (value, _) -> value + ", but late");

        clock.advance(ofSeconds(1));

        assertThat(deferred.result()).isEqualTo("recovered, but late");
    }

    @Test
    @DisplayName("TMO-3: what onTimeoutCancel throws is the result")
    void onTimeoutCancelMayThrow() {
        deferred.addTimeout(ofSeconds(1), clock, (_, _) -> {
                    throw new IOException("own words");
                })
                .onFailure(failure -> seen.add(failure.message()));

        clock.advance(ofSeconds(1));

        assertThat(seen).containsExactly("own words");
        handle();
    }

    @Test
    @DisplayName("TMO-3: without a timeout onTimeoutCancel is not asked")
    void onTimeoutCancelIsNotAskedInTime() {
        deferred.addTimeout(ofSeconds(1), clock, (_, _) -> "late");

        deferred.callback("in time");

        assertThat(deferred.result()).isEqualTo("in time");
    }

    @Test
    @DisplayName("TMO-4: cancelled by somebody else it stays CancelledError")
    void cancelledByOthersStaysCancelled() {
        deferred.addTimeout(ofSeconds(1), clock).onFailure(failure -> seen.add(failure.type()));

        deferred.cancel();

        assertThat(seen).containsExactly(CancelledError.class);
        assertThat(clock.delayedCalls()).isEmpty();
        handle();
    }

    @Test
    @DisplayName("TMO-5: a result in time leaves no timed call behind")
    void aResultLeavesNoTimer() {
        deferred.addTimeout(ofSeconds(1), clock);
        assertThat(clock.delayedCalls()).hasSize(1);

        deferred.callback("in time");

        assertThat(clock.delayedCalls()).isEmpty();
        clock.advance(ofSeconds(2));
        assertThat(deferred.result()).isEqualTo("in time");
    }

    @Test
    @DisplayName("TMO-5: nor does one on a Deferred that has its result already")
    void aTimeoutOnAFiredOneLeavesNoTimer() {
        Deferred.succeed("a").addTimeout(ofSeconds(1), clock);

        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    @DisplayName("TMO-6: layers before see CancelledError, layers after see TimeoutError")
    void placementMatters() {
        deferred.onFailure(failure -> seen.add(failure.type()))
                .addTimeout(ofSeconds(1), clock)
                .onFailure(failure -> seen.add(failure.type()));

        clock.advance(ofSeconds(1));

        assertThat(seen).containsExactly(CancelledError.class, TimeoutError.class);
        handle();
    }

    @Test
    @DisplayName("TMO-7: the time-out of a Deferred and that of a connection attempt are unrelated types")
    void twoTimeoutsAreUnrelated() {
        deferred.errback(new ConnectTimeout("the other one"));
        deferred.addErrback(failure -> failure.check(TimeoutError.class) == null ? "not ours" : "ours");

        assertThat(deferred.result()).isEqualTo("not ours");
        assertThat(Failure.of(new TimeoutError(ofSeconds(1), "it")).check(ConnectError.class, ConnectTimeout.class))
                .isNull();
    }

    @Test
    @DisplayName("CAN-6, TMO-1: the time-out of a chain that waits cancels what it waits for")
    void timesOutWhatItWaitsFor() {
        var inner = new Deferred<String>(_ -> seen.add("inner cancelled"));
        deferred.addCallbackDeferring(_ -> inner).addTimeout(ofSeconds(1), clock);
        deferred.callback("go");

        clock.advance(ofSeconds(1));

        assertThat(seen).containsExactly("inner cancelled");
        assertThat(deferred.result())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.type()).isEqualTo(TimeoutError.class));
        handle();
    }

    @Test
    @DisplayName("DEF-28: onNextTurn lets the result pass a turn later")
    void onNextTurnIsALaterTurn() {
        deferred.callback("a");
        deferred.onNextTurn(clock).onSuccess(seen::add);
        assertThat(seen).isEmpty();

        clock.advance(ofSeconds(0));

        assertThat(seen).containsExactly("a");
    }

    @Test
    @DisplayName("DEF-28: a failure passes a turn later too")
    void aFailurePassesALaterTurn() {
        deferred.errback(new IOException("broken"));
        deferred.onNextTurn(clock).onFailure(failure -> seen.add(failure.message()));

        clock.advance(ofSeconds(0));

        assertThat(seen).containsExactly("broken");
        handle();
    }

    @Test
    @DisplayName("DEF-28, CAN-2: cancelled between the turns it leaves no timed call")
    void cancelledBetweenTheTurns() {
        deferred.callback("a");
        deferred.onNextTurn(clock).onFailure(failure -> seen.add(failure.type()));

        deferred.cancel();

        assertThat(seen).containsExactly(CancelledError.class);
        assertThat(clock.delayedCalls()).isEmpty();
        handle();
    }

    private void handle() {
        deferred.addErrback(_ -> "handled");
    }
}
