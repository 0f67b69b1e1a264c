package bowline.defer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// DEF-8 to DEF-11, DEF-20, DEF-22 to DEF-25, DEF-28: firing, pausing, and Deferreds born fired.
class DeferredFiringTest {
    private final IOException broken = new IOException("broken");
    private final List<Object> seen = new ArrayList<>();
    private final Deferred<Object> deferred = new Deferred<>();

    @Test
    @DisplayName("DEF-8: errback takes a failure or an exception")
    void errbackTakesEither() {
        deferred.addErrback(failure -> seen.add(failure.value()));
        deferred.errback(broken);
        var other = new Deferred<Object>();
        other.addErrback(failure -> seen.add(failure.value()));
        other.errback(Failure.of(broken));

        assertThat(seen).containsExactly(broken, broken);
    }

    @Test
    @DisplayName("DEF-9: a failure given to callback takes the error path")
    void aFailureTakesTheErrorPath() {
        deferred.addCallbacks(value -> seen.add("value"), failure -> seen.add("failure"));

        deferred.callback(Failure.of(broken));

        assertThat(seen).containsExactly("failure");
    }

    @Test
    @DisplayName("DEF-10: the second result is refused and changes nothing")
    void theSecondResultIsRefused() {
        deferred.callback("first");

        assertThatThrownBy(() -> deferred.callback("second")).isInstanceOf(AlreadyCalledError.class);
        assertThatThrownBy(() -> deferred.errback(broken)).isInstanceOf(AlreadyCalledError.class);
        assertThat(deferred.result()).isEqualTo("first");
    }

    @Test
    @DisplayName("DEF-10: a handler that fires its own Deferred again is refused")
    void aHandlerCannotFireAgain() {
        deferred.addCallback(value -> {
            deferred.callback("again");
            return value;
        });
        deferred.addErrback(failure -> seen.add(failure.type()));

        deferred.callback("first");

        assertThat(seen).containsExactly(AlreadyCalledError.class);
    }

    @Test
    @DisplayName("DEF-11: a Deferred as the value is refused at once, and the right value is still taken")
    void aDeferredIsNoValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deferred.callback(new Deferred<>()))
                .withMessageContaining("chainDeferred");

        deferred.callback("right");
        assertThat(deferred.result()).isEqualTo("right");
    }

    @Test
    @DisplayName("DEF-20: while paused it can fire but no handler runs")
    void pausedItFiresButRunsNothing() {
        deferred.addCallback(seen::add);
        deferred.pause();

        deferred.callback("a");
        deferred.addCallback(seen::add);

        assertThat(seen).isEmpty();
        assertThat(deferred.called()).isTrue();
        assertThat(deferred.hasResult()).isFalse();
        deferred.unpause();
        assertThat(seen).containsExactly("a", true);
    }

    @Test
    @DisplayName("DEF-20: two pauses need two ends")
    void pausesNest() {
        deferred.addCallback(seen::add);
        deferred.pause();
        deferred.pause();
        deferred.callback("a");

        deferred.unpause();
        assertThat(seen).isEmpty();
        deferred.unpause();
        assertThat(seen).containsExactly("a");
    }

    @Test
    @DisplayName("DEF-20: a handler that pauses its chain holds the next layers back")
    void aHandlerMayPauseItsChain() {
        deferred.onSuccess(_ -> deferred.pause()).addCallback(seen::add);

        deferred.callback("a");
        assertThat(seen).isEmpty();
        deferred.unpause();

        assertThat(seen).containsExactly("a");
    }

    @Test
    @DisplayName("DEF-20: an end without a pause is a mistake, also while it waits for another Deferred")
    void anEndWithoutAPauseIsAMistake() {
        assertThatThrownBy(deferred::unpause).isInstanceOf(IllegalStateException.class);
        var inner = new Deferred<Object>();
        deferred.addCallbackDeferring(_ -> inner);
        deferred.callback("a");

        assertThatThrownBy(deferred::unpause).isInstanceOf(IllegalStateException.class);

        inner.callback("b");
        assertThat(deferred.result()).isEqualTo("b");
    }

    @Test
    @DisplayName("DEF-22: succeed and fail make fired ones")
    void succeedAndFailMakeFiredOnes() {
        assertThat(Deferred.succeed(7).result()).isEqualTo(7);
        assertThat(failureOf(Deferred.fail(broken))).isSameAs(broken);
        assertThat(failureOf(Deferred.fail(Failure.of(broken)))).isSameAs(broken);
    }

    @Test
    @DisplayName("DEF-23: execute calls at once and keeps the value or the exception")
    void executeCallsAtOnce() {
        assertThat(Deferred.execute(() -> 7).result()).isEqualTo(7);
        assertThat(failureOf(Deferred.execute(() -> {
                    throw broken;
                })))
                .isSameAs(broken);
    }

    @Test
    @DisplayName("DEF-23, DEF-11: execute does not look inside; a Deferred is no value")
    void executeRefusesADeferred() {
        assertThatIllegalArgumentException().isThrownBy(() -> Deferred.execute(() -> Deferred.succeed(7)));
    }

    @Test
    @DisplayName("DEF-24: maybeDeferred answers the very Deferred, or a failed one")
    void maybeDeferredAnswersTheDeferred() {
        assertThat(Deferred.maybeDeferred(() -> deferred)).isSameAs(deferred);
        assertThat(failureOf(Deferred.maybeDeferred(() -> {
                    throw broken;
                })))
                .isSameAs(broken);
        assertThat(failureOf(Deferred.maybeDeferred(() -> absent()))).isInstanceOf(NullPointerException.class);
    }

    @Test
    @DisplayName("DEF-25: the text shows identity and state")
    void theTextShowsTheState() {
        var waiting = new Deferred<Object>();
        String identity = "Deferred@" + Integer.toHexString(System.identityHashCode(deferred));

        assertThat(deferred).hasToString(identity);
        waiting.addCallbackDeferring(_ -> deferred);
        waiting.callback("go");
        assertThat(waiting.toString()).endsWith(" waiting on " + identity);
        deferred.onSuccess(_ -> {});
        deferred.callback("a");
        assertThat(waiting.toString()).endsWith(" current result: a");
    }

    @Test
    @DisplayName("DEF-28: handlers run on the thread that fires, inside the call")
    void handlersRunOnTheFiringThread() {
        deferred.addCallback(_ -> seen.add(Thread.currentThread()));

        deferred.callback("a");

        assertThat(seen).containsExactly(Thread.currentThread());
    }

    @Test
    @DisplayName("a result that is not there yet cannot be read")
    void noResultNoReading() {
        assertThatThrownBy(deferred::result)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no result yet");
    }

    @SuppressWarnings("NullAway") // what a program without null checks may do
    private static <T> T absent() {
        return null;
    }

    private static @Nullable Throwable failureOf(Deferred<?> deferred) {
        var failure = (Failure) deferred.result();
        deferred.addErrback(_ -> null);
        return failure == null ? null : failure.value();
    }
}
