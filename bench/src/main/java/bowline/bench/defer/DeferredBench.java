package bowline.bench.defer;

import bowline.defer.Deferred;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One result on its way through some layers: made, layered, fired.
///
/// Netty's promise has listeners that all see one value, where the other two compute the next value in
/// each step: it does less. Each handler is one lambda that captures nothing, so what is allocated is
/// the library's own.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeferredBench {

    /// How many layers, stages or listeners.
    @Param({"1", "4", "16"})
    public int layers;

    private int calls;

    private final GenericFutureListener<io.netty.util.concurrent.Future<Integer>> listener =
            future -> calls += future.getNow();

    /// Layers first, then the result: how a reply that is waited for goes.
    @Benchmark
    public @Nullable Object deferredThenFired() {
        var deferred = new Deferred<Integer>();
        var last = deferred;
        for (int i = 0; i < layers; i++) {
            last = last.addCallback(value -> value + 1);
        }
        deferred.callback(1);
        return last.result();
    }

    /// The same with the platform's future.
    @Benchmark
    public @Nullable Object futureThenFired() {
        var future = new CompletableFuture<Integer>();
        var last = future;
        for (int i = 0; i < layers; i++) {
            last = last.thenApply(value -> value + 1);
        }
        future.complete(1);
        return last.getNow(null);
    }

    /// The same with Netty's promise.
    @Benchmark
    public @Nullable Object promiseThenFired() {
        Promise<Integer> promise = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
        for (int i = 0; i < layers; i++) {
            promise.addListener(listener);
        }
        promise.setSuccess(1);
        return promise.getNow();
    }

    /// The result first, then layers: how a reply that was there already goes.
    @Benchmark
    public @Nullable Object deferredFiredThen() {
        Deferred<Integer> last = Deferred.succeed(1);
        for (int i = 0; i < layers; i++) {
            last = last.addCallback(value -> value + 1);
        }
        return last.result();
    }

    /// The same with the platform's future.
    @Benchmark
    public @Nullable Object futureFiredThen() {
        CompletableFuture<Integer> last = CompletableFuture.completedFuture(1);
        for (int i = 0; i < layers; i++) {
            last = last.thenApply(value -> value + 1);
        }
        return last.getNow(null);
    }

    /// The same with Netty's promise.
    @Benchmark
    public @Nullable Object promiseFiredThen() {
        Promise<Integer> promise = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
        promise.setSuccess(1);
        for (int i = 0; i < layers; i++) {
            promise.addListener(listener);
        }
        return promise.getNow();
    }
}
