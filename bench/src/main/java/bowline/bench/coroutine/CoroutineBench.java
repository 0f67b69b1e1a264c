package bowline.bench.coroutine;

import bowline.defer.Deferred;
import bowline.reactor.carrier.Coroutines;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What a coroutine costs: to resume and to park again, to await what is there, to start and to end.
///
/// Run it once for each carrier, with the engine on the class path:
///
///     java --add-opens java.base/java.lang=ALL-UNNAMED -cp … bowline.bench.coroutine.CoroutineBench
///     java -Dbowline.coroutines=baton -cp … bowline.bench.coroutine.CoroutineBench
///
/// Each line is the best and the median of seven rounds, in nanoseconds for one operation.
public final class CoroutineBench {
    private static final int ROUNDS = 7;

    private final Thread owner = Thread.currentThread();
    private final ConcurrentLinkedQueue<Runnable> turns = new ConcurrentLinkedQueue<>();
    private final Coroutines coroutines = Coroutines.on(turns::add, () -> Thread.currentThread() == owner);
    private Deferred<Integer> gate = new Deferred<>();

    private CoroutineBench() {}

    /// Measures everything.
    ///
    /// @param args how many operations a round has; 1000000 when absent
    public static void main(String[] args) throws Exception {
        int operations = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        var bench = new CoroutineBench();
        measure("resume and park, by a Deferred", operations, bench::resumeAndPark);
        measure("the same Deferreds with a callback", operations, bench::callback);
        measure("await of what is there", operations, bench::awaitFired);
        measure("start and end", operations, bench::startAndEnd);
        measure("start, one wait, end", operations, bench::startWaitEnd);
        bench.coroutines.end();
    }

    /// One part of the whole: does its operation `count` times.
    private interface Part {
        void run(int count) throws Exception;
    }

    private static void measure(String name, int operations, Part part) throws Exception {
        double[] each = new double[ROUNDS];
        part.run(operations); // warm up
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            part.run(operations);
            each[round] = (System.nanoTime() - begin) / (double) operations;
        }
        Arrays.sort(each);
        System.out.printf("%-36s %9.1f ns best %9.1f ns median%n", name, each[0], each[ROUNDS / 2]);
    }

    private void resumeAndPark(int count) {
        Deferred<Integer> sum = coroutines.start(() -> {
            int total = 0;
            for (int i = 0; i < count; i++) {
                total += gate.await();
            }
            return total;
        });
        for (int i = 0; i < count; i++) {
            Deferred<Integer> fired = gate;
            gate = new Deferred<>();
            fired.callback(1);
        }
        check(sum, count);
    }

    private void callback(int count) {
        int[] total = new int[1];
        for (int i = 0; i < count; i++) {
            var fired = new Deferred<Integer>();
            fired.addCallback(one -> total[0] += one);
            fired.callback(1);
        }
        check(Deferred.succeed(total[0]), count);
    }

    private void awaitFired(int count) {
        check(
                coroutines.start(() -> {
                    int total = 0;
                    for (int i = 0; i < count; i++) {
                        total += Deferred.succeed(1).await();
                    }
                    return total;
                }),
                count);
    }

    private void startAndEnd(int count) {
        int total = 0;
        for (int i = 0; i < count; i++) {
            total += one(coroutines.start(() -> 1));
        }
        check(Deferred.succeed(total), count);
    }

    private void startWaitEnd(int count) {
        int total = 0;
        for (int i = 0; i < count; i++) {
            var wait = new Deferred<Integer>();
            Deferred<Integer> outcome = coroutines.start(wait::await);
            wait.callback(1);
            total += one(outcome);
        }
        check(Deferred.succeed(total), count);
    }

    private static int one(Deferred<Integer> outcome) {
        return Integer.valueOf(1).equals(outcome.result()) ? 1 : 0;
    }

    private static void check(Deferred<Integer> sum, int count) {
        if (!Integer.valueOf(count).equals(sum.result())) {
            throw new AssertionError("expected " + count + ", got " + sum);
        }
    }
}
