package bowline.examples;

import bowline.log.Log;
import bowline.reactor.Reactor;

/// An exception in a callback is reported and the loop goes on (seed P20).
///
///     ./bowline example exception
public final class CallbackException {

    private CallbackException() {}

    /// Falls down, gets up, stops.
    public static void main(String... args) {
        Log.startLogging(System.out);
        Reactor reactor = Reactor.create();
        reactor.callWhenRunning(CallbackException::fallDown);
        reactor.callWhenRunning(() -> upAgain(reactor));
        IO.println("Starting the reactor.");
        reactor.run();
    }

    private static void fallDown() {
        throw new IllegalStateException("I fall down.");
    }

    private static void upAgain(Reactor reactor) {
        IO.println("But I get up again.");
        reactor.stop();
    }
}
