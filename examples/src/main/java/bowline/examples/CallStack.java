package bowline.examples;

import bowline.reactor.Reactor;

/// Prints the stack inside a callback (seed P22): at the bottom `main`, then the reactor, then our own
/// code, called by it.
///
///     ./bowline example stack
public final class CallStack {

    private CallStack() {}

    /// Prints it and stops.
    public static void main(String... args) {
        Reactor reactor = Reactor.create();
        reactor.callWhenRunning(() -> stack(reactor));
        reactor.run();
    }

    private static void stack(Reactor reactor) {
        IO.println("The stack of a callback:");
        StackWalker.getInstance().forEach(frame -> IO.println("  " + frame));
        reactor.stop();
    }
}
