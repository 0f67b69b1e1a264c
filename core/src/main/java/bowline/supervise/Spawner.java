package bowline.supervise;

import bowline.process.ProcessProtocol;
import bowline.process.ProcessTransport;
import bowline.process.Processes;
import bowline.process.Spawn;
import bowline.reactor.Reactor;
import java.util.List;

/// Starts children: the system's, or those of a test. For the reactor's thread.
@FunctionalInterface
public interface Spawner {

    /// Starts a child whose events `protocol` hears of; its `connectionMade` is called inside this call.
    ///
    /// @throws RuntimeException if it cannot be started, as [bowline.process.CannotSpawnError]; no callback is
    /// called then
    ProcessTransport spawn(ProcessProtocol protocol, Spawn spawn);

    /// The processes that `child` has started and that live now, with those that they started. One that detached
    /// itself as daemons do is nobody's descendant any more.
    default List<ProcessHandle> descendants(ProcessTransport child) {
        return Processes.descendants(child);
    }

    /// Starts children by the system, or by the machine that the reactor has instead.
    static Spawner on(Reactor reactor) {
        return (protocol, spawn) -> Processes.spawn(reactor, protocol, spawn);
    }
}
