package bowline.defer;

import bowline.failure.Failure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The bridges between Deferreds and the platform's futures (DEF-26).
final class Futures {

    private Futures() {}

    static <T extends @Nullable Object> CompletableFuture<T> of(Deferred<T> deferred, Executor reactorThread) {
        var future = new CompletableFuture<T>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                boolean cancelled = super.cancel(mayInterruptIfRunning);
                if (cancelled) {
                    reactorThread.execute(deferred::cancel);
                }
                return cancelled;
            }
        };
        deferred.onSuccess(future::complete).<@Nullable Object>addCallbacks(value -> value, failure -> {
            future.completeExceptionally(failure.value());
            return null;
        });
        return future;
    }

    /// A Deferred in two: the one that is handed out can always fire when it is cancelled, as a canceller
    /// must see to (CAN-2), and then waits for `reported`, the stage's own last word.
    static <T extends @Nullable Object> Deferred<T> deferred(CompletionStage<T> stage, Executor reactorThread) {
        var reported = new Deferred<T>();
        var asked = new Deferred<@Nullable Void>(self -> {
            stage.toCompletableFuture().cancel(true);
            self.fire(null);
        });
        stage.whenComplete((value, thrown) -> reactorThread.execute(() -> {
            if (!asked.called()) {
                asked.callback(null);
            }
            reported.fire(thrown == null ? value : Failure.of(unwrapped(thrown)));
        }));
        return asked.addCallbackDeferring(_ -> reported);
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
