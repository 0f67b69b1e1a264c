package bowline.reactor.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.defer.UnhandledError;
import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.reactor.ReactorNotRunning;
import bowline.reactor.threads.HandLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Section 7, on any carrier.
@Timeout(60)
abstract class CoroutineContract {
    final HandLoop loop = new HandLoop();
    final Coroutines coroutines = Coroutines.on(loop, loop::onLoopThread, carrier());
    final List<Object> seen = new ArrayList<>();

    abstract Carrier carrier();

    /// How many coroutines the test of crowds keeps alive.
    abstract int crowd();

    <T extends @Nullable Object> Deferred<T> start(Callable<T> body) {
        return coroutines.start(body);
    }

    @AfterEach
    void leavesNoneAlive() {
        coroutines.end();
        assertThat(coroutines.alive()).isZero();
    }

    // COR-1

    /// COR-1
    @Test
    void runsAtOnceUpToTheFirstWait() {
        var gate = new Deferred<String>();
        Deferred<String> outcome = start(() -> {
            seen.add("begun");
            return gate.await() + "!";
        });
        seen.add("returned");
        assertThat(seen).containsExactly("begun", "returned");
        assertThat(outcome.called()).isFalse();

        gate.callback("open");
        assertThat(outcome.result()).isEqualTo("open!");
    }

    /// COR-1
    @Test
    void turnsWhatTheBodyReturnsOrThrowsIntoTheResult() {
        var thrown = new IllegalStateException("bad");
        assertThat(start(() -> 5).result()).isEqualTo(5);
        assertThat(start(() -> null).result()).isNull();
        assertThat(failureOf(start(() -> {
                    throw thrown;
                })))
                .isSameAs(thrown);
        assertThat(failureOf(start(() -> {
                    throw new AssertionError("an error, too");
                })))
                .isInstanceOf(AssertionError.class);
    }

    /// COR-1, DEF-11
    @Test
    void refusesADeferredAsTheResult() {
        assertThat(failureOf(start(() -> Deferred.succeed("x")))).hasMessageContaining("await()");
    }

    /// COR-9: a body that was started is a Deferred, so there is nothing to be made sure of.
    @Test
    void isADeferredForWhoeverWaits() {
        Deferred<Integer> next = Deferred.succeed(20).addCallbackDeferring(n -> start(() -> n + 1));
        assertThat(start(() -> next.await() * 2).result()).isEqualTo(42);
    }

    /// FAI-13: it reaches whoever let the coroutine run.
    @Test
    void letsAnErrorOfTheJvmPass() {
        assertThatThrownBy(() -> start(() -> {
                    throw new InternalError("fatal at the start");
                }))
                .isInstanceOf(InternalError.class);

        var gate = new Deferred<String>();
        start(() -> {
            gate.await();
            throw new InternalError("fatal later");
        });
        assertThatThrownBy(() -> gate.callback("go")).hasMessage("fatal later");
        assertThat(coroutines.alive()).isZero();
    }

    /// FAI-13: but a stack overflow is a failure like any other.
    @Test
    void failsWithAStackOverflow() {
        assertThat(failureOf(start(CoroutineContract::endlessDepth))).isInstanceOf(StackOverflowError.class);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int endlessDepth() {
        return endlessDepth() + 1;
    }

    // COR-2

    /// COR-2
    @Test
    void awaitsWhatIsThereWithoutATurnOfTheLoop() {
        assertThat(start(() -> Deferred.succeed(20).await()
                                + Deferred.succeed(22).await())
                        .result())
                .isEqualTo(42);
    }

    /// COR-2
    @Test
    void needsConstantStackForALoopOfAwaits() {
        Deferred<Integer> outcome = start(() -> {
            int sum = 0;
            for (int i = 0; i < 100_000; i++) {
                sum += Deferred.succeed(1).await();
            }
            return sum;
        });
        assertThat(outcome.result()).isEqualTo(100_000);
    }

    // COR-3

    /// COR-3
    @Test
    void throwsTheOriginalExceptionMarkedWithTheAwaitSite() {
        var thrown = new IllegalStateException("origin");
        StackTraceElement[] trace = thrown.getStackTrace();
        var gate = new Deferred<String>();
        Deferred<String> outcome = start(() -> awaitInAMethodOfThisName(gate));
        gate.errback(thrown);

        assertThat(failureOf(outcome)).isSameAs(thrown);
        assertThat(thrown.getStackTrace()).isEqualTo(trace);
        assertThat(thrown.getSuppressed()).hasSize(1);
        assertThat(Arrays.toString(thrown.getSuppressed()[0].getStackTrace())).contains("awaitInAMethodOfThisName");
    }

    /// COR-3: a failure that is awaited for ever does not grow for ever.
    @Test
    void marksAnExceptionABoundedNumberOfTimes() {
        var thrown = new IllegalStateException("again and again");
        Deferred<String> failed = Deferred.fail(thrown);
        for (int i = 0; i < 100; i++) {
            failureOf(start(failed::await));
        }
        assertThat(thrown.getSuppressed()).hasSizeBetween(1, 16);
    }

    private static String awaitInAMethodOfThisName(Deferred<String> gate) throws Exception {
        return gate.await();
    }

    /// COR-3
    @Test
    void letsTheBodyCatchAndGoOn() {
        var gate = new Deferred<String>();
        Deferred<String> outcome = start(() -> {
            try {
                return gate.await();
            } catch (IllegalStateException expected) {
                return "caught " + expected.getMessage();
            }
        });
        gate.errback(new IllegalStateException("it"));
        assertThat(outcome.result()).isEqualTo("caught it");
    }

    // COR-4

    /// COR-4
    @Test
    void awaitsTheSameDeferredTwice() {
        var gate = new Deferred<String>();
        Deferred<String> one = start(() -> gate.await() + gate.await());
        Deferred<String> other = start(gate::await);
        gate.callback("a");

        assertThat(one.result()).isEqualTo("aa");
        assertThat(other.result()).isEqualTo("a");
        assertThat(start(gate::await).result()).isEqualTo("a");
    }

    // COR-5

    /// COR-5
    @Test
    void goesOnInsideTheCallThatFires() {
        var gate = new Deferred<String>();
        var second = new Deferred<String>();
        start(() -> {
            seen.add(gate.await());
            seen.add(second.await());
            return null;
        });
        gate.callback("first");
        seen.add("after first");
        second.callback("second");
        seen.add("after second");

        assertThat(seen).containsExactly("first", "after first", "second", "after second");
    }

    /// COR-5: the firing call may be made by another coroutine.
    @Test
    void goesOnInsideTheCallOfAnotherCoroutine() {
        var gate = new Deferred<String>();
        var later = new Deferred<String>();
        Deferred<String> waiting = start(() -> {
            seen.add(gate.await());
            seen.add(later.await());
            return "ended";
        });
        start(() -> {
            gate.callback("resumed");
            seen.add("firing call returned");
            later.callback("resumed again");
            seen.add("the second, too");
            return null;
        });

        assertThat(seen).containsExactly("resumed", "firing call returned", "resumed again", "the second, too");
        assertThat(waiting.result()).isEqualTo("ended");
    }

    /// COR-1, COR-5
    @Test
    void startsACoroutineInsideAnother() {
        var gate = new Deferred<String>();
        Deferred<String> outcome = start(() -> {
            seen.add("outer");
            Deferred<String> inner = start(() -> {
                seen.add("inner");
                return gate.await();
            });
            seen.add("outer again");
            return inner.await();
        });
        assertThat(seen).containsExactly("outer", "inner", "outer again");
        gate.callback("through both");
        assertThat(outcome.result()).isEqualTo("through both");
    }

    /// COR-5: nor does the length of a chain of coroutines deepen any stack.
    @Test
    void unwindsAChainOfCoroutinesOfAnyLength() {
        var gate = new Deferred<Integer>();
        Deferred<Integer> last = gate;
        for (int i = 0; i < crowd() / 5; i++) {
            Deferred<Integer> inner = last;
            last = start(() -> inner.await() + 1);
        }
        gate.callback(0);
        assertThat(last.result()).isEqualTo(crowd() / 5);
    }

    @Test
    void countsAsTheLoopsThreadInsideAndOnlyThere() {
        assertThat(coroutines.running()).isFalse();
        assertThat(start(coroutines::running).result()).isEqualTo(true);
        Coroutines others = Coroutines.on(loop, loop::onLoopThread, carrier());
        assertThat(start(others::running).result()).isEqualTo(false);
        assertThat(start(() -> start(coroutines::running).await()).result()).isEqualTo(true);
    }

    // COR-6, COR-7

    /// COR-6
    @Test
    void passesACancelToWhatIsAwaited() {
        var cancelled = new ArrayList<Deferred<?>>();
        var gate = new Deferred<String>(cancelled::add);
        Deferred<String> outcome = start(gate::await);
        outcome.cancel();

        assertThat(cancelled).containsExactly(gate);
        assertThat(failureOf(outcome)).isInstanceOf(CancelledError.class);
    }

    /// COR-6
    @Test
    void succeedsIfTheBodyCatchesTheCancelAndReturns() {
        var gate = new Deferred<String>();
        Deferred<String> outcome = start(() -> {
            try {
                return gate.await();
            } catch (CancelledError cancelled) {
                return "tidied up";
            }
        });
        outcome.cancel();
        assertThat(outcome.result()).isEqualTo("tidied up");
    }

    /// COR-6
    @Test
    void goesOnIfTheBodyCatchesTheCancelAndAwaitsAgain() {
        var first = new Deferred<String>();
        var second = new Deferred<String>();
        Deferred<String> outcome = start(() -> {
            try {
                return first.await();
            } catch (CancelledError cancelled) {
                seen.add("once");
            }
            return second.await();
        });
        outcome.cancel();
        assertThat(seen).containsExactly("once");
        assertThat(outcome.called()).isFalse();

        outcome.cancel();
        assertThat(second.called()).isTrue();
        assertThat(failureOf(outcome)).isInstanceOf(CancelledError.class);
    }

    /// COR-6: cancelled by itself, or by what it calls, a body is cancelled where it awaits next.
    @Test
    void remembersACancelThatComesWhileItRuns() {
        var go = new Deferred<String>();
        var gate = new Deferred<String>();
        var outcome = new ArrayList<Deferred<String>>();
        outcome.add(start(() -> {
            go.await();
            outcome.getFirst().cancel();
            seen.add("still running");
            return gate.await();
        }));
        go.callback("go");

        assertThat(seen).containsExactly("still running");
        assertThat(gate.called()).isTrue();
        assertThat(failureOf(outcome.getFirst())).isInstanceOf(CancelledError.class);
    }

    /// COR-7
    @Test
    void reachesTheInnermostOfNestedCoroutines() {
        var gate = new Deferred<String>(_ -> seen.add("innermost"));
        Deferred<String> outcome =
                start(() -> start(() -> start(gate::await).await()).await());
        outcome.cancel();

        assertThat(seen).containsExactly("innermost");
        assertThat(failureOf(outcome)).isInstanceOf(CancelledError.class);
    }

    /// COR-7
    @Test
    void reachesTheInnermostHoweverDeep() {
        Deferred<Integer> last = new Deferred<>();
        for (int i = 0; i < crowd() / 10; i++) {
            Deferred<Integer> inner = last;
            last = start(inner::await);
        }
        last.cancel();
        assertThat(failureOf(last)).isInstanceOf(CancelledError.class);
        assertThat(coroutines.alive()).isZero();
    }

    /// CAN-7
    @Test
    void ignoresACancelAfterTheEnd() {
        Deferred<String> outcome = start(() -> "done");
        outcome.cancel();
        assertThat(outcome.result()).isEqualTo("done");
    }

    // COR-8

    /// COR-8
    @Test
    void keepsTheContextOfItsStartInEveryStep() throws Exception {
        var gate = new Deferred<String>();
        LogContext.empty()
                .with("system", "Starter")
                .call(() -> start(() -> {
                    seen.add(LogContext.current().system());
                    gate.await();
                    seen.add(LogContext.current().system());
                    return null;
                }));
        LogContext.empty().with("system", "Firer").call(() -> {
            gate.callback("go");
            seen.add(LogContext.current().system());
            return null;
        });
        assertThat(seen).containsExactly("Starter", "Starter", "Firer");
    }

    // What goes wrong

    @Test
    void refusesAnAwaitOutsideOfCoroutines() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Deferred<String>().await())
                .withMessageContaining("reactor.async");
    }

    @Test
    void refusesToAwaitItsOwnResult() {
        var go = new Deferred<String>();
        var outcome = new ArrayList<Deferred<String>>();
        outcome.add(start(() -> {
            go.await();
            return outcome.getFirst().await();
        }));
        go.callback("go");
        assertThat(failureOf(outcome.getFirst())).hasMessageContaining("its own result");
    }

    @Test
    void awaitsAllTheSameWhenItsThreadIsInterrupted() {
        var gate = new Deferred<String>();
        Deferred<Boolean> outcome = start(() -> {
            Thread.currentThread().interrupt();
            gate.await();
            return Thread.interrupted();
        });
        gate.callback("go");
        assertThat(outcome.result()).isEqualTo(true);
    }

    @Test
    void isNotFooledByAStrayUnpark() throws Exception {
        var gate = new Deferred<String>();
        var thread = new ArrayList<Thread>();
        Deferred<String> outcome = start(() -> {
            thread.add(Thread.currentThread());
            LockSupport.unpark(Thread.currentThread());
            return gate.await();
        });
        LockSupport.unpark(thread.getFirst());
        loop.execute(() -> seen.add("turned"));
        loop.runUntil(() -> !seen.isEmpty());
        assertThat(outcome.called()).isFalse();

        LockSupport.unpark(thread.getFirst());
        gate.callback("the real thing");
        assertThat(outcome.result()).isEqualTo("the real thing");
    }

    @Test
    void keepsACrowdAlive() {
        var gates = new ArrayList<Deferred<Integer>>();
        var sum = new int[1];
        for (int i = 0; i < crowd(); i++) {
            var gate = new Deferred<Integer>();
            gates.add(gate);
            start(() -> {
                int one = gate.await();
                sum[0] += one;
                return null;
            });
        }
        assertThat(coroutines.alive()).isEqualTo(crowd());
        gates.forEach(gate -> gate.callback(1));

        assertThat(sum[0]).isEqualTo(crowd());
        assertThat(coroutines.alive()).isZero();
    }

    // The end of the reactor

    @Test
    void endsWhatWaitsWhenTheLoopIsOver() {
        Deferred<String> outcome = start(() -> {
            try {
                return new Deferred<String>(_ -> seen.add("operation cancelled")).await();
            } finally {
                seen.add("cleaned up");
            }
        });
        coroutines.end();

        assertThat(seen).containsExactly("operation cancelled", "cleaned up");
        assertThat(outcome.called()).isTrue();
        assertThatThrownBy(() -> start(() -> 1)).isInstanceOf(ReactorNotRunning.class);
    }

    /// UNH-3: that the reactor has stopped is no unhandled error of the coroutine.
    @Test
    void endsWhatWaitsWithoutAnUnhandledError() {
        UnhandledError.reportAll();
        start(() -> new Deferred<String>().await());
        coroutines.end();
        assertThat(UnhandledError.reportAll()).isZero();
    }

    @Test
    void throwsEvenTheStubbornOutOfTheirWaits() {
        Deferred<String> outcome = start(() -> {
            for (int i = 0; i < 3; i++) {
                try {
                    new Deferred<String>().await();
                } catch (CancelledError cancelled) {
                    seen.add(i);
                }
            }
            return "ended after all";
        });
        coroutines.end();
        assertThat(seen).containsExactly(0, 1, 2);
        assertThat(outcome.result()).isEqualTo("ended after all");
    }

    @Test
    void givesUpOnABodyThatWaitsForEver() {
        start(() -> {
            while (true) {
                try {
                    new Deferred<String>().await();
                } catch (CancelledError cancelled) {
                    seen.add("again");
                }
            }
        });
        coroutines.end();
        assertThat(seen).hasSizeBetween(2, Coroutine.ABANDON_ATTEMPTS + 1);
    }

    static @Nullable Throwable failureOf(Deferred<?> deferred) {
        Object result = deferred.result();
        deferred.addErrback(_ -> null);
        return result instanceof Failure failure ? failure.value() : null;
    }
}
