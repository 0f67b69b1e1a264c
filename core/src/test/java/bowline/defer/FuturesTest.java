package bowline.defer;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.failure.Failure;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// DEF-26: bridges to the platform's futures.
class FuturesTest {
    private final IOException broken = new IOException("broken");
    private final ArrayDeque<Runnable> turn = new ArrayDeque<>();
    private final List<Object> seen = new ArrayList<>();
    private final Deferred<String> deferred = new Deferred<>();
    private final CompletableFuture<String> future = new CompletableFuture<>();

    @Test
    @DisplayName("DEF-26: a future gets the value, and the Deferred keeps it")
    void aFutureGetsTheValue() {
        var future = deferred.toFuture();

        deferred.callback("a");

        assertThat(future).isCompletedWithValue("a");
        assertThat(deferred.result()).isEqualTo("a");
    }

    @Test
    @DisplayName("DEF-26: a future gets the exception, which is then handled")
    void aFutureGetsTheException() {
        var future = deferred.toFuture();

        deferred.errback(broken);

        assertThat(future).isCompletedExceptionally();
        assertThat(future.exceptionNow()).isSameAs(broken);
        assertThat(deferred.result()).isNull();
    }

    @Test
    @DisplayName("DEF-26: cancelling the future cancels the Deferred, on the reactor's thread")
    void cancellingTheFutureCancelsTheDeferred() {
        var own = new Deferred<String>(seen::add);
        var future = own.toFuture(turn::add);

        assertThat(future.cancel(true)).isTrue();
        assertThat(future).isCancelled();
        assertThat(seen).isEmpty();
        runTurn();

        assertThat(seen).containsExactly(own);
    }

    @Test
    @DisplayName("DEF-26: a future that is done cannot be cancelled, nor can its Deferred")
    void aFutureThatIsDoneCancelsNothing() {
        var future = deferred.toFuture();
        deferred.callback("a");

        assertThat(future.cancel(true)).isFalse();
        assertThat(deferred.result()).isEqualTo("a");
    }

    @Test
    @DisplayName("DEF-26: a Deferred gets a future's value on the reactor's thread only")
    void aDeferredGetsTheValueOnItsThread() {
        Deferred<String> got = Deferred.from(future, turn::add);

        future.complete("a");
        assertThat(got.hasResult()).isFalse();
        runTurn();

        assertThat(got.result()).isEqualTo("a");
    }

    @Test
    @DisplayName("DEF-26: a Deferred gets the exception itself, not its wrapping")
    void aDeferredGetsTheExceptionItself() {
        Deferred<Integer> got = Deferred.from(future.thenApply(String::length), turn::add);

        future.completeExceptionally(broken);
        runTurn();

        assertThat(got.result()).isEqualTo(Failure.of(broken));
        got.addErrback(_ -> 0);
    }

    @Test
    @DisplayName("DEF-26: cancelling the Deferred cancels the future, whose word it then waits for")
    void cancellingTheDeferredCancelsTheFuture() {
        Deferred<String> got = Deferred.from(future, turn::add);

        got.cancel();
        assertThat(future).isCancelled();
        assertThat(got.hasResult()).isFalse();
        runTurn();

        got.onFailure(failure -> seen.add(failure.type())).addErrback(_ -> "");
        assertThat(seen).containsExactly(java.util.concurrent.CancellationException.class);
    }

    @Test
    @DisplayName("DEF-26: a future that does not let itself be cancelled still answers")
    void aStubbornFutureStillAnswers() {
        var stubborn = new CompletableFuture<String>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        Deferred<String> got = Deferred.from(stubborn, turn::add);

        got.cancel();
        stubborn.complete("all the same");
        runTurn();

        assertThat(got.result()).isEqualTo("all the same");
    }

    private void runTurn() {
        while (!turn.isEmpty()) {
            turn.remove().run();
        }
    }
}
