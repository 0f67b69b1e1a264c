package bowline.bench.defer;

import bowline.defer.Deferred;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The rest of a Deferred's life: being made, waiting for another one, failing.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WaitingBench {
    private final IOException broken = new IOException("broken");

    /// Only made.
    @Benchmark
    public Deferred<Integer> deferredMade() {
        return new Deferred<>();
    }

    /// Only made.
    @Benchmark
    public CompletableFuture<Integer> futureMade() {
        return new CompletableFuture<>();
    }

    /// Only made.
    @Benchmark
    public Promise<Integer> promiseMade() {
        return new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
    }

    /// One operation that waits for another.
    @Benchmark
    public @Nullable Object deferredWaits() {
        var inner = new Deferred<Integer>();
        var outer = Deferred.succeed(1).addCallbackDeferring(_ -> inner);
        inner.callback(2);
        return outer.result();
    }

    /// The same with the platform's future.
    @Benchmark
    public @Nullable Object futureWaits() {
        var inner = new CompletableFuture<Integer>();
        var outer = CompletableFuture.completedFuture(1).thenCompose(_ -> inner);
        inner.complete(2);
        return outer.getNow(null);
    }

    /// A failure that passes three callbacks and is handled.
    @Benchmark
    public @Nullable Object deferredFails() {
        var deferred = new Deferred<Integer>();
        var handled = deferred.addCallback(value -> value + 1)
                .addCallback(value -> value + 1)
                .addCallback(value -> value + 1)
                .addErrback(_ -> 0);
        deferred.errback(broken);
        return handled.result();
    }

    /// The same with the platform's future.
    @Benchmark
    public @Nullable Object futureFails() {
        var future = new CompletableFuture<Integer>();
        var handled = future.thenApply(value -> value + 1)
                .thenApply(value -> value + 1)
                .thenApply(value -> value + 1)
                .exceptionally(_ -> 0);
        future.completeExceptionally(broken);
        return handled.getNow(null);
    }

    /// A Deferred that is born failed, watched as unhandled, and handled a moment later.
    @Benchmark
    public @Nullable Object deferredBornFailed() {
        return Deferred.<Integer>fail(broken).addErrback(_ -> 0).result();
    }

    /// The same with the platform's future, which watches nothing.
    @Benchmark
    public @Nullable Object futureBornFailed() {
        return CompletableFuture.<Integer>failedFuture(broken)
                .exceptionally(_ -> 0)
                .getNow(null);
    }
}
