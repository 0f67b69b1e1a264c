package bowline.bench.coroutine;

import bowline.defer.Deferred;
import bowline.reactor.carrier.Coroutines;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What a coroutine costs: to resume and to park again, to await what is there, to start and to end.
///
/// The thread of the benchmark is the loop, and no turn of it is needed: a coroutine runs inside the call that resumes
/// it. Where one coroutine does many operations a measured call is a run of them, and the times are for one operation.
/// The subclasses choose the carrier.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class CoroutineBench {
    private static final int OPERATIONS = 1000;

    private final ConcurrentLinkedQueue<Runnable> turns = new ConcurrentLinkedQueue<>();
    private final Thread loop = Thread.currentThread();
    private final Coroutines coroutines = Coroutines.on(turns::add, () -> Thread.currentThread() == loop);
    private Deferred<Integer> gate = new Deferred<>();

    /// Ends the coroutines; nothing may wait for a turn that never comes.
    @TearDown
    public void end() {
        coroutines.end();
        if (!turns.isEmpty() || coroutines.alive() != 0) {
            throw new AssertionError(turns.size() + " turns and " + coroutines.alive() + " coroutines are left");
        }
    }

    /// Resume by a Deferred that fires, and park at the next one.
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public int resumeAndPark() {
        Deferred<Integer> sum = coroutines.start(() -> {
            int total = 0;
            for (int i = 0; i < OPERATIONS; i++) {
                total += gate.await();
            }
            return total;
        });
        for (int i = 0; i < OPERATIONS; i++) {
            Deferred<Integer> fired = gate;
            gate = new Deferred<>();
            fired.callback(1);
        }
        return checked(sum);
    }

    /// The same Deferreds with a callback, to compare.
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public int callback() {
        int[] total = new int[1];
        for (int i = 0; i < OPERATIONS; i++) {
            var fired = new Deferred<Integer>();
            fired.addCallback(one -> total[0] += one);
            fired.callback(1);
        }
        return total[0];
    }

    /// Await of what is there already: nothing parks.
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public int awaitFired() {
        return checked(coroutines.start(() -> {
            int total = 0;
            for (int i = 0; i < OPERATIONS; i++) {
                total += Deferred.succeed(1).await();
            }
            return total;
        }));
    }

    /// Start, and end without a wait.
    @Benchmark
    public int startAndEnd() {
        return one(coroutines.start(() -> 1));
    }

    /// Start, one wait, end.
    @Benchmark
    public int startWaitEnd() {
        var wait = new Deferred<Integer>();
        Deferred<Integer> outcome = coroutines.start(wait::await);
        wait.callback(1);
        return one(outcome);
    }

    private static int checked(Deferred<Integer> sum) {
        return expected(OPERATIONS, sum);
    }

    private static int one(Deferred<Integer> outcome) {
        return expected(1, outcome);
    }

    private static int expected(int value, Deferred<Integer> outcome) {
        if (!Integer.valueOf(value).equals(outcome.result())) {
            throw new AssertionError("expected " + value + ", got " + outcome);
        }
        return value;
    }
}
