package bowline.defer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.failure.Failure;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// DEF-14 to DEF-19, DEF-21: chains that wait for other Deferreds.
class DeferredWaitingTest {
    private static final int DEPTH = 100_000;

    private final List<@Nullable Object> seen = new ArrayList<>();
    private final Deferred<Object> outer = new Deferred<>();
    private final Deferred<Object> inner = new Deferred<>();

    @Test
    @DisplayName("DEF-14: the chain waits for the Deferred that a handler returns")
    void theChainWaits() {
        outer.addCallbackDeferring(_ -> inner).addCallback(seen::add);
        outer.callback("go");
        assertThat(seen).isEmpty();

        inner.callback("inner");

        assertThat(seen).containsExactly("inner");
    }

    @Test
    @DisplayName("DEF-14: a failure of the inner one continues on the error side")
    void aFailureContinuesOnTheErrorSide() {
        outer.addCallbackDeferring(_ -> inner).addErrback(failure -> seen.add(failure.message()));
        outer.callback("go");

        inner.errback(new IOException("broken"));

        assertThat(seen).containsExactly("broken");
    }

    @Test
    @DisplayName("DEF-14: the layers that the inner one has by then run first; layers added later run after")
    void theInnerLayersRunFirst() {
        inner.addCallback(value -> value + " early");
        outer.addCallbackDeferring(_ -> inner).addCallback(seen::add);
        outer.callback("go");
        inner.addCallback(value -> seen.add("late saw " + value));

        inner.callback("inner");

        assertThat(seen).containsExactly("inner early", "late saw null");
    }

    @Test
    @DisplayName("DEF-14: errbacks, both-sided layers too, may answer with another operation")
    void errbacksMayWaitToo() {
        outer.addErrbackDeferring(_ -> inner).addBothDeferring((value, _) -> Deferred.succeed(value + "!"));
        outer.errback(new IOException("broken"));

        inner.callback("mended");

        assertThat(outer.result()).isEqualTo("mended!");
    }

    @Test
    @DisplayName("DEF-15: a result that is there is taken over at once")
    void aResultThatIsThereIsTakenAtOnce() {
        outer.addCallbackDeferring(_ -> Deferred.succeed(5)).addCallback(seen::add);

        outer.callback("go");

        assertThat(seen).containsExactly(5);
    }

    @Test
    @DisplayName("DEF-15: a paused one is waited for")
    void aPausedOneIsWaitedFor() {
        inner.callback("inner");
        inner.pause();
        outer.addCallbackDeferring(_ -> inner);
        outer.callback("go");
        assertThat(outer.hasResult()).isFalse();

        inner.unpause();

        assertThat(outer.result()).isEqualTo("inner");
    }

    @Test
    @DisplayName("DEF-15: one that runs its layers is waited for until it has run them")
    void aRunningOneIsWaitedFor() {
        outer.addCallbackDeferring(_ -> inner);
        inner.addCallback(value -> {
            outer.callback("go");
            return value + " done";
        });

        inner.callback("inner");

        assertThat(outer.result()).isEqualTo("inner done");
    }

    @Test
    @DisplayName("DEF-16: taking over consumes the inner result")
    void takingOverConsumes() {
        inner.callback(5);
        outer.addCallbackDeferring(_ -> inner);

        outer.callback("go");
        inner.addCallback(seen::add);

        assertThat(outer.result()).isEqualTo(5);
        assertThat(seen).containsExactly((Object) null);
    }

    @Test
    @DisplayName("DEF-17: a handler that returns its own Deferred fails")
    void returningItselfFails() {
        outer.addCallbackDeferring(_ -> outer).addErrback(failure -> seen.add(failure.message()));

        outer.callback("go");

        assertThat(seen).singleElement().asString().contains("wait for itself");
    }

    @Test
    @DisplayName("DEF-17: nor may two wait for each other")
    void waitingForEachOtherFails() {
        outer.addCallbackDeferring(_ -> inner).addErrback(failure -> seen.add(failure.message()));
        inner.addCallbackDeferring(_ -> outer);
        outer.callback("go");

        inner.callback("go");

        assertThat(seen).singleElement().asString().contains("wait for itself");
        outer.cancel();
    }

    @Test
    @DisplayName("DEF-19: a hundred thousand, each waiting on the next, fired from the outermost")
    void deepWaitingBuiltFromOutside() {
        var chain = chainOf(DEPTH);

        chain.forEach(deferred -> deferred.callback(0));

        assertThat(chain.getFirst().result()).isEqualTo(DEPTH - 1);
    }

    @Test
    @DisplayName("DEF-19: a hundred thousand, each waiting on the next, the last fired at the end")
    void deepWaitingBuiltFromInside() {
        var chain = chainOf(DEPTH);

        for (int i = DEPTH - 2; i >= 0; i--) {
            chain.get(i).callback(0);
        }
        chain.getLast().callback(0);

        assertThat(chain.getFirst().result()).isEqualTo(DEPTH - 1);
    }

    @Test
    @DisplayName("DEF-19: the same with layers behind, which must run as well")
    void deepWaitingWithLayersBehind() {
        var late = new AtomicInteger();
        var chain = chainOf(DEPTH);
        for (int i = 0; i < DEPTH - 1; i++) {
            chain.get(i).callback(0);
        }
        chain.forEach(deferred -> deferred.onBoth(late::incrementAndGet));

        chain.getLast().callback(0);

        assertThat(chain.getFirst().result()).isEqualTo(DEPTH - 1);
        assertThat(late).hasValue(DEPTH);
    }

    @Test
    @DisplayName("DEF-19, CAN-6: cancelling reaches the innermost of a hundred thousand")
    void cancellingReachesTheInnermost() {
        var chain = chainOf(DEPTH);
        for (int i = 0; i < DEPTH - 1; i++) {
            chain.get(i).callback(0);
        }

        chain.getFirst().cancel();

        chain.getFirst().onFailure(failure -> seen.add(failure.type())).addErrback(_ -> 0);
        assertThat(seen).containsExactly(CancelledError.class);
    }

    @Test
    @DisplayName("DEF-19: a hundred thousand joined by chainDeferred")
    void longRowsOfChainDeferred() {
        var all = new ArrayList<Deferred<Integer>>();
        for (int i = 0; i < DEPTH; i++) {
            all.add(new Deferred<>());
        }
        for (int i = 0; i < DEPTH - 1; i++) {
            all.get(i).chainDeferred(all.get(i + 1));
        }

        all.getFirst().callback(7);

        assertThat(all.getLast().result()).isEqualTo(7);
    }

    @Test
    @DisplayName("DEF-19: a hundred thousand layers on one Deferred")
    void manyLayersQueued() {
        var counted = new Deferred<Integer>();
        for (int i = 0; i < DEPTH; i++) {
            counted.addCallback(n -> n + 1);
        }

        counted.callback(0);

        assertThat(counted.result()).isEqualTo(DEPTH);
    }

    @Test
    @DisplayName("DEF-19: ten million layers added one after another, each gone when it has run")
    void tenMillionLayersOneAfterAnother() {
        int layers = 10_000_000;
        var counted = Deferred.succeed(0);
        var early = new WeakReference<Object>(new Object());
        for (int i = 0; i < layers; i++) {
            Object kept = new Object();
            counted.addCallback(n -> n + (kept == seen ? 2 : 1));
            if (i == 0) {
                early = new WeakReference<>(kept);
            }
        }

        assertThat(counted.result()).isEqualTo(layers);
        System.gc();
        assertThat(early.get()).isNull();
    }

    @Test
    @DisplayName("DEF-21: chainDeferred fires the target and leaves null behind")
    void chainDeferredHandsOver() {
        outer.addCallback(value -> value + "!").chainDeferred(inner);
        outer.addBoth((value, failure) -> seen.add(value));
        inner.addCallback(seen::add);

        outer.callback("ahoy");

        assertThat(seen).containsExactly("ahoy!", null);
    }

    @Test
    @DisplayName("DEF-21: chainDeferred hands a failure over, which the source then no longer has")
    void chainDeferredHandsFailuresOver() {
        outer.chainDeferred(inner);
        inner.addErrback(failure -> seen.add(failure.message()));

        outer.errback(new IOException("broken"));

        assertThat(seen).containsExactly("broken");
        assertThat(outer.result()).isNull();
    }

    @Test
    @DisplayName("DEF-21, DEF-10: chaining into a fired target fails the source")
    void chainingIntoAFiredTargetFails() {
        inner.callback("first");
        outer.chainDeferred(inner).addErrback(failure -> {
            seen.add(failure.type());
            return null;
        });

        outer.callback("second");

        assertThat(seen).containsExactly(AlreadyCalledError.class);
    }

    @Test
    @DisplayName("FAI-13: the end of the JVM passes through, it is no result")
    void theEndOfTheJvmPassesThrough() {
        outer.addCallback(_ -> {
            throw new OutOfMemoryError("heap");
        });

        assertThatThrownBy(() -> outer.callback("go")).isInstanceOf(OutOfMemoryError.class);
        assertThat(outer.result()).isNotInstanceOf(Failure.class);
    }

    /// `length` Deferreds, each of which will wait for the next once it is fired; the last answers `length - 1`.
    private static List<Deferred<Integer>> chainOf(int length) {
        var chain = new ArrayList<Deferred<Integer>>(length);
        for (int i = 0; i < length; i++) {
            chain.add(new Deferred<>());
        }
        for (int i = 0; i < length - 1; i++) {
            Deferred<Integer> next = chain.get(i + 1);
            chain.get(i).addCallbackDeferring(_ -> next);
        }
        chain.getLast().addCallback(_ -> length - 1);
        return chain;
    }
}
