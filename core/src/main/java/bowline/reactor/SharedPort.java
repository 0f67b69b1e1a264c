package bowline.reactor;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.Factory;
import org.jspecify.annotations.Nullable;

/// A TCP port or a UNIX socket whose connections are shared out among the reactors of a group (LIS-10). Made by
/// [ReactorGroup#share]; it is taken when the first reactor listens on it.
///
/// A connection is built by the factory of the reactor that got it, and lives and dies there. A reactor that listens
/// no more gets no more; what was on its way to it goes to another.
public interface SharedPort {

    /// Where it listens, with the port that the system picked, once a reactor listens. From any thread.
    Address host();

    /// Has `member` take its share: on that reactor's thread, or before it runs. The first to listen may be the
    /// one that accepts for all: when its port stops listening, nobody gets more connections until another
    /// listens.
    ///
    /// @return the member's part: it stops and starts by itself
    /// @throws CannotListenError if the port cannot be taken
    ListeningPort listen(Reactor member, Factory<?> factory);

    /// Accepts those who already wait on `member`'s thread, on which it is called, and then no more; all that was
    /// accepted still reaches the reactor that it was meant for. The Deferred fires when that has been handed
    /// over.
    Deferred<@Nullable Void> drain(Reactor member);
}
