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

    static <T extends @Nullable Object> CompletableFuture<T> of(Deferred<T> deferred) {
        var future = new CompletableFuture<T>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                deferred.cancel();
                return super.cancel(mayInterruptIfRunning);
            }
        };
        deferred.addCallbacks(future::complete, failure -> future.completeExceptionally(failure.value()));
        return future;
    }

    static <T extends @Nullable Object> Deferred<T> deferred(CompletionStage<T> stage, Executor reactorThread) {
        var deferred = new Deferred<T>(_ -> stage.toCompletableFuture().cancel(true));
        stage.whenComplete((value, thrown) -> reactorThread.execute(() -> {
            if (deferred.called()) {
                return;
            }
            if (thrown == null) {
                deferred.callback(value);
            } else {
                deferred.errback(Failure.of(unwrapped(thrown)));
            }
        }));
        return deferred;
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
