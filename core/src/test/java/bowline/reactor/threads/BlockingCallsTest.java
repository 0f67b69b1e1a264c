package bowline.reactor.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.defer.Deferred;
import bowline.reactor.ReactorNotRunning;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// THR-5: blocking calls from other threads.
@Timeout(30)
class BlockingCallsTest {
    private final HandLoop loop = new HandLoop();
    private final BlockingCalls calls = new BlockingCalls(loop, loop::onLoopThread);

    @Test
    void waitsForTheDeferredOfTheCall() throws Exception {
        var later = new Deferred<String>();
        CompletableFuture<String> answer = elsewhere(() -> calls.call(() -> later));
        loop.execute(() -> later.callback("value"));
        loop.runUntil(later::called);
        loop.runUntil(() -> true);
        drainUntil(answer);

        assertThat(answer.join()).isEqualTo("value");
    }

    @Test
    void rethrowsTheOriginalException() throws Exception {
        var thrown = new IllegalStateException("as it was");
        CompletableFuture<?> failed = elsewhere(() -> calls.call(() -> Deferred.fail(thrown)));
        CompletableFuture<?> threw = elsewhere(() -> calls.call(() -> {
            throw thrown;
        }));
        drainUntil(failed);
        drainUntil(threw);

        assertThatThrownBy(failed::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(thrown);
        assertThatThrownBy(threw::join).cause().isSameAs(thrown);
    }

    @Test
    void refusesTheLoopsOwnThread() {
        assertThatIllegalStateException()
                .isThrownBy(() -> calls.call(() -> Deferred.succeed(1)))
                .withMessageContaining("wait for itself");
    }

    @Test
    void failsWhenTheReactorStopsMeanwhileAndAfterwards() throws Exception {
        var never = new Deferred<String>();
        var begun = new Deferred<String>();
        CompletableFuture<String> waiting = elsewhere(() -> calls.call(() -> {
            begun.callback("begun");
            return never;
        }));
        loop.runUntil(begun::called);
        calls.end();

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(ReactorNotRunning.class);
        CompletableFuture<String> late = elsewhere(() -> calls.call(() -> never));
        assertThatThrownBy(late::join).hasCauseInstanceOf(ReactorNotRunning.class);
    }

    private void drainUntil(CompletableFuture<?> answer) throws InterruptedException {
        answer.whenComplete((_, _) -> loop.execute(() -> {}));
        loop.runUntil(answer::isDone);
    }

    private static <T> CompletableFuture<T> elsewhere(Callable<T> work) {
        var future = new CompletableFuture<T>();
        Thread.ofVirtual().start(() -> {
            try {
                future.complete(work.call());
            } catch (Throwable thrown) {
                future.completeExceptionally(thrown);
            }
        });
        return future;
    }
}
