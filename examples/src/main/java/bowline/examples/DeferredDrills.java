package bowline.examples;

import bowline.defer.AlreadyCalledError;
import bowline.defer.Deferred;
import bowline.defer.UnhandledError;
import bowline.failure.Failure;

/// Drills for callback chains (seed P27): which side of which layer runs, and with what.
///
///     ./bowline example deferred-drills
public final class DeferredDrills {

    private DeferredDrills() {}

    /// Each drill prints what runs, in order.
    public static void main(String... args) {
        valuesPassAlong();
        anErrorSkipsCallbacks();
        theErrorOfALayerIsHandledInTheNext();
        bothSidesOfOneLayer();
        bothIsCalledEitherWay();
        aChainWaitsForAnother();
        aDeferredFiresOnce();
        anErrorThatNobodyHandles();
    }

    private static void valuesPassAlong() {
        title("values pass along");
        new Deferred<Integer>()
                .addCallback(value -> say("1 callback " + value, value + 1))
                .addErrback(failure -> say("2 errback, never called", 0))
                .addCallback(value -> say("3 callback " + value, value + 1))
                .addCallback(value -> say("4 callback " + value, value))
                .callback(1);
    }

    private static void anErrorSkipsCallbacks() {
        title("an error skips callbacks until an errback handles it");
        new Deferred<Integer>()
                .addCallback(value -> say("1 callback, never called", value))
                .addErrback(failure -> say("2 errback " + failure.message(), 42))
                .addCallback(value -> say("3 callback " + value, value))
                .errback(new IllegalStateException("oops"));
    }

    private static void theErrorOfALayerIsHandledInTheNext() {
        title("the error of layer N is handled in layer N + 1");
        Deferred.succeed(1)
                .addCallback(DeferredDrills::fails)
                .addErrback(failure -> say("2 errback " + failure.message(), "recovered"))
                .addCallback(value -> say("3 callback " + value, value));
    }

    private static void bothSidesOfOneLayer() {
        title("addCallbacks: the errback does not see its own layer's callback fail");
        Deferred.succeed(1)
                .addCallbacks(DeferredDrills::fails, failure -> say("1 errback, never called", ""))
                .addErrback(failure -> say("2 errback " + failure.message(), "recovered"));
    }

    private static void bothIsCalledEitherWay() {
        title("addBoth is called either way");
        for (boolean well : new boolean[] {true, false}) {
            Deferred<Integer> start = new Deferred<>();
            start.addBoth((value, failure) -> say("both " + (failure == null ? value : failure.message()), ""));
            if (well) {
                start.callback(1);
            } else {
                start.errback(new IllegalStateException("oops"));
            }
        }
    }

    private static void aChainWaitsForAnother() {
        title("a callback that returns a Deferred makes the chain wait");
        var inner = new Deferred<String>();
        Deferred.succeed(1)
                .addCallbackDeferring(value -> say("1 callback " + value + ", waiting", inner))
                .addCallback(value -> say("2 callback " + value, value));
        IO.println("now the inner one fires");
        inner.callback("from inside");
    }

    private static void aDeferredFiresOnce() {
        title("a Deferred fires once");
        var once = new Deferred<Integer>();
        once.callback(1);
        try {
            once.callback(2);
        } catch (AlreadyCalledError again) {
            IO.println("AlreadyCalledError: " + Failure.of(again).message());
        }
    }

    private static void anErrorThatNobodyHandles() {
        title("an error that nobody handles is reported, at the latest when the reactor ends");
        Deferred.fail(new IllegalStateException("nobody handles this"))
                .addCallback(value -> say("never called", value));
        UnhandledError.reportAll();
    }

    private static void title(String text) {
        IO.println("-- " + text);
    }

    private static String fails(int value) {
        IO.println("1 callback " + value + ", which fails");
        throw new IllegalStateException("from layer 1");
    }

    private static <R> R say(String what, R next) {
        IO.println(what);
        return next;
    }
}
