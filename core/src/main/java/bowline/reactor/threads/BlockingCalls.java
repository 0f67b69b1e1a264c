package bowline.reactor.threads;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.reactor.ReactorNotRunning;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls from other threads that wait for what the reactor answers (THR-5). One for each reactor, which
/// tells it when it has stopped, so that nobody waits for ever. Safe for any thread.
public final class BlockingCalls {
    private static final String WHAT = "blockingCallFromThread";

    private final Executor loop;
    private final BooleanSupplier onLoopThread;
    private final Consumer<Future<?>> meanwhile;
    private final Set<CompletableFuture<?>> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean ended;

    /// @param loop runs on the reactor's thread what it is given
    /// @param onLoopThread whether the calling thread is the reactor's own
    public BlockingCalls(Executor loop, BooleanSupplier onLoopThread) {
        this(loop, onLoopThread, _ -> {});
    }

    /// @param meanwhile called before the calling thread waits, with what it will wait for: there a machine that is
    ///     played goes on, until that is done
    public BlockingCalls(Executor loop, BooleanSupplier onLoopThread, Consumer<Future<?>> meanwhile) {
        this.loop = loop;
        this.onLoopThread = onLoopThread;
        this.meanwhile = meanwhile;
    }

    /// Runs `call` on the reactor's thread, waits for its Deferred, and returns the value.
    ///
    /// @throws IllegalStateException on the reactor's own thread
    /// @throws ReactorNotRunning if the reactor stops before there is a result
    /// @throws InterruptedException if the waiting thread is interrupted; the call itself goes on
    /// @throws Exception the original exception of the call
    public <T extends @Nullable Object> T call(Callable<? extends Deferred<T>> call) throws Exception {
        if (onLoopThread.getAsBoolean()) {
            throw new IllegalStateException(
                    WHAT
                            + " on the reactor's own thread would wait for itself; use the Deferred, or await() it in a coroutine");
        }
        CompletableFuture<T> answer = opened();
        try {
            loop.execute(() -> begin(call, answer));
            meanwhile.accept(answer);
            return answer.get();
        } catch (ExecutionException failed) {
            throw Failure.of(Objects.requireNonNull(failed.getCause())).raise();
        } finally {
            close(answer);
        }
    }

    /// The reactor has stopped: whoever waits, and whoever comes later, gets [ReactorNotRunning].
    public void end() {
        for (CompletableFuture<?> answer : takeAll()) {
            answer.completeExceptionally(new ReactorNotRunning(WHAT));
        }
    }

    private static <T extends @Nullable Object> void begin(
            Callable<? extends Deferred<T>> call, CompletableFuture<T> answer) {
        try {
            call.call().addCallbacks(answer::complete, failure -> answer.completeExceptionally(failure.value()));
        } catch (Throwable thrown) {
            answer.completeExceptionally(thrown);
        }
    }

    private synchronized <T extends @Nullable Object> CompletableFuture<T> opened() {
        if (ended) {
            throw new ReactorNotRunning(WHAT);
        }
        var answer = new CompletableFuture<T>();
        open.add(answer);
        return answer;
    }

    @SuppressWarnings("CollectionUndefinedEquality") // the set compares by identity
    private synchronized void close(CompletableFuture<?> answer) {
        open.remove(answer);
    }

    private synchronized List<CompletableFuture<?>> takeAll() {
        ended = true;
        List<CompletableFuture<?>> all = List.copyOf(open);
        open.clear();
        return all;
    }
}
