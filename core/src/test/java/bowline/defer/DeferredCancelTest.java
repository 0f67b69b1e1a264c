package bowline.defer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.failure.Failure;
import bowline.log.LogEvent;
import bowline.log.LogObserver;
import bowline.log.LogPublisher;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Section 2: cancellation.
class DeferredCancelTest {
    private final List<@Nullable Object> seen = new ArrayList<>();

    @Test
    @DisplayName("CAN-1: the canceller is dropped when the Deferred fires")
    void theCancellerIsDropped() {
        Canceller canceller = new Canceller() {
            @Override
            public void cancel(Deferred<?> cancelled) {
                seen.add("cancelled");
            }
        };
        var weak = new WeakReference<>(canceller);
        var deferred = new Deferred<String>(canceller);
        canceller = null;

        deferred.callback("a");
        System.gc();

        assertThat(weak.get()).isNull();
        assertThat(deferred.result()).isEqualTo("a");
    }

    @Test
    @DisplayName("CAN-2: with a canceller that does not fire, the result is CancelledError")
    void aCancellerThatDoesNotFire() {
        var deferred = new Deferred<String>(seen::add);

        deferred.cancel();

        assertThat(seen).containsExactly(deferred);
        assertThat(errorOf(deferred)).isInstanceOf(CancelledError.class);
    }

    @Test
    @DisplayName("CAN-2: a canceller may fire a value of its own")
    void aCancellerMayFireAValue() {
        var deferred = new Deferred<String>(self -> typed(self).callback("half a page"));

        deferred.cancel();

        assertThat(deferred.result()).isEqualTo("half a page");
    }

    @Test
    @DisplayName("CAN-2: a canceller may fire an error of its own")
    void aCancellerMayFireAnError() {
        var broken = new IOException("broken");
        var deferred = new Deferred<String>(self -> self.errback(broken));

        deferred.cancel();

        assertThat(errorOf(deferred)).isSameAs(broken);
    }

    @Test
    @DisplayName("CAN-2: a canceller that asks to cancel once more is not called again")
    void aCancellerThatCancelsIsNotCalledAgain() {
        var deferred = new Deferred<String>(self -> {
            seen.add("called");
            self.cancel();
            typed(self).callback("half a page");
        });

        deferred.cancel();

        assertThat(seen).containsExactly("called");
        assertThat(deferred.result()).isEqualTo("half a page");
    }

    @Test
    @DisplayName("CAN-3: without a canceller the result is CancelledError")
    void withoutACanceller() {
        var deferred = new Deferred<String>();

        deferred.cancel();

        assertThat(errorOf(deferred)).isInstanceOf(CancelledError.class);
    }

    @Test
    @DisplayName("CAN-4: without a canceller the first late result is ignored, the second refused")
    void oneLateResultIsIgnored() {
        var deferred = new Deferred<String>();
        deferred.cancel();
        errorOf(deferred);

        assertThatCode(() -> deferred.callback("late")).doesNotThrowAnyException();
        assertThatThrownBy(() -> deferred.callback("later")).isInstanceOf(AlreadyCalledError.class);
    }

    @Test
    @DisplayName("CAN-4: a late failure is ignored as well")
    void oneLateFailureIsIgnored() {
        var deferred = new Deferred<String>();
        deferred.cancel();
        errorOf(deferred);

        assertThatCode(() -> deferred.errback(new IOException("late"))).doesNotThrowAnyException();
        assertThat(deferred.result()).isNull();
    }

    @Test
    @DisplayName("CAN-5: with a canceller a late result is refused")
    void withACancellerALateResultIsRefused() {
        var deferred = new Deferred<String>(_ -> {});
        deferred.cancel();
        errorOf(deferred);

        assertThatThrownBy(() -> deferred.callback("late")).isInstanceOf(AlreadyCalledError.class);
    }

    @Test
    @DisplayName("CAN-6: cancelling one that waits cancels what it waits for")
    void cancellingReachesTheInnerOne() {
        var inner = new Deferred<String>(_ -> seen.add("inner cancelled"));
        var outer = Deferred.succeed(1).addCallbackDeferring(_ -> inner);

        outer.cancel();

        assertThat(seen).containsExactly("inner cancelled");
        assertThat(errorOf(outer)).isInstanceOf(CancelledError.class);
        assertThat(inner.result()).isNull();
    }

    @Test
    @DisplayName("CAN-6: the outer chain sees whatever the inner one makes of it")
    void theOuterChainSeesWhatTheInnerMakes() {
        var inner = new Deferred<String>().addErrback(_ -> "recovered");
        var outer = Deferred.succeed(1).addCallbackDeferring(_ -> inner);

        outer.cancel();

        assertThat(outer.result()).isEqualTo("recovered");
    }

    @Test
    @DisplayName("CAN-7: cancelling a finished one does nothing")
    void cancellingAFinishedOne() {
        var deferred = Deferred.succeed("a");

        deferred.cancel();

        assertThat(deferred.result()).isEqualTo("a");
    }

    @Test
    @DisplayName("CAN-8: a canceller that throws is logged, and the result is CancelledError")
    void aCancellerThatThrows() {
        var broken = new IOException("cannot stop");
        var deferred = new Deferred<String>(_ -> {
            throw broken;
        });
        var logged = new ArrayList<LogEvent>();
        LogObserver observer = logged::add;

        LogPublisher.global().add(observer);
        deferred.cancel();
        LogPublisher.global().remove(observer);

        assertThat(errorOf(deferred)).isInstanceOf(CancelledError.class);
        assertThat(logged).extracting(LogEvent::failure).containsExactly(Failure.of(broken));
    }

    @Test
    @DisplayName("CAN-9: a chain that traps CancelledError goes on as ever")
    void aChainMayTrapIt() {
        var deferred = new Deferred<String>()
                .addErrback(failure -> {
                    failure.trap(CancelledError.class);
                    return "a default";
                })
                .addCallback(String::length);

        deferred.cancel();

        assertThat(deferred.result()).isEqualTo(9);
    }

    @Test
    @DisplayName("CAN-10: cancelling the target of a chain leaves the source alone, whose result is absorbed")
    void cancellingATargetLeavesTheSource() {
        var source = new Deferred<String>();
        var target = new Deferred<String>();
        source.chainDeferred(target);

        target.cancel();
        assertThat(source.called()).isFalse();
        source.callback("late");

        assertThat(errorOf(target)).isInstanceOf(CancelledError.class);
        assertThat(source.result()).isNull();
    }

    @Test
    @DisplayName("CAN-11: cancelling the inner one does not cancel the outer, it only answers it")
    void cancellingGoesInwardsOnly() {
        var inner = new Deferred<String>();
        var outer = Deferred.succeed(1).addCallbackDeferring(_ -> inner).addErrback(_ -> "went on");

        inner.cancel();

        assertThat(outer.result()).isEqualTo("went on");
    }

    @SuppressWarnings("unchecked")
    private static Deferred<Object> typed(Deferred<?> deferred) {
        return (Deferred<Object>) deferred;
    }

    private static Throwable errorOf(Deferred<?> deferred) {
        Object result = deferred.result();
        deferred.addErrback(_ -> null);
        assertThat(result).isInstanceOf(Failure.class);
        return result instanceof Failure failure ? failure.value() : new AssertionError();
    }
}
