package bowline.reactor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// One reactor of a group, and the calls to it that have no answer yet.
final class GroupMember {
    private final Reactor reactor;
    private final String name;
    private final Set<Errand<?>> errands = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    GroupMember(Reactor reactor, String name) {
        this.reactor = reactor;
        this.name = name;
    }

    Reactor reactor() {
        return reactor;
    }

    /// As its thread is called.
    String name() {
        return name;
    }

    /// Notes an errand, unless the reactor has ended. From any thread.
    boolean takes(Errand<?> errand) {
        errands.add(errand);
        return !ended || !errands.remove(errand);
    }

    /// The errand has an answer; false if it was given up before. From any thread.
    boolean finished(Errand<?> errand) {
        return errands.remove(errand);
    }

    /// The reactor's loop is over: what was not answered never will be.
    void ended() {
        ended = true;
        for (Errand<?> errand : Set.copyOf(errands)) {
            if (errands.remove(errand)) {
                errand.lost();
            }
        }
    }

    /// Asks the reactor to stop, on its own thread.
    void stop() {
        try {
            reactor.stop();
        } catch (ReactorNotRunning stopsAlready) {
            // Just what is wanted.
        }
    }
}
