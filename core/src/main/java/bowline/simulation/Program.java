package bowline.simulation;

import bowline.reactor.Reactor;
import org.jspecify.annotations.Nullable;

/// What a simulated host runs when its reactor has started: listens, connects, and answers with whatever the test
/// wants to look at.
///
/// @param <R> the answer: a Deferred to wait for, a port, a service
@FunctionalInterface
public interface Program<R extends @Nullable Object> {

    /// Runs on the reactor's thread, before its first turn.
    ///
    /// @throws Exception if it cannot start; the test gets it
    R start(Reactor reactor) throws Exception;
}
