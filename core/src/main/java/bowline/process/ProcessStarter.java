package bowline.process;

import bowline.reactor.Reactor;

/// Starts the processes of a reactor's children. [Processes] and [ProcessEndpoint] ask the reactor, if it implements
/// this as a simulated one does; for all others it is the JDK.
@FunctionalInterface
public interface ProcessStarter {

    /// A process that has just been started. On the reactor's thread.
    ///
    /// @throws CannotSpawnError if it cannot be started (PRC-15)
    StartedProcess startProcess(Spawn spawn);

    /// Refuses what cannot be done here, before anything is.
    ///
    /// @throws UnsupportedOperationException with what to do instead
    default void check(Spawn spawn) {
        Launch.check(spawn);
    }

    /// The one of that reactor.
    static ProcessStarter of(Reactor reactor) {
        return reactor instanceof ProcessStarter own ? own : JdkProcess::start;
    }
}
