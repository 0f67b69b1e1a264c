package bowline.reactor.loop;

import bowline.failure.Failure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a loop brings to its end by itself, for no backend knows of it: ports that have no socket, attempts that do not
/// know yet where to dial, and ports that are closed and have not told so. For the loop's thread.
final class LooseEnds {
    private final Set<HandedPort> handedPorts = new LinkedHashSet<>();
    private final Set<Attempt> locating = new LinkedHashSet<>();
    private final List<PortClosing> closing = new ArrayList<>();

    void opened(HandedPort port) {
        handedPorts.add(port);
    }

    void closed(HandedPort port) {
        handedPorts.remove(port);
    }

    /// The open ports that have no socket.
    Set<HandedPort> handedPorts() {
        return handedPorts;
    }

    /// Notes whether an attempt has still to find out where to dial.
    void locating(Attempt attempt, boolean yes) {
        if (yes) {
            locating.add(attempt);
        } else {
            locating.remove(attempt);
        }
    }

    /// The attempts that have to.
    Set<Attempt> locating() {
        return locating;
    }

    /// A port is closed, and its end will be told when the system has let go of it, or when the loop ends.
    void closing(PortClosing port) {
        closing.add(port);
    }

    void closed(PortClosing port) {
        closing.remove(port);
    }

    // The end, in this order; between the first two the backend ends what it knows of

    void disconnectPorts() {
        List.copyOf(handedPorts).forEach(StreamPort::disconnected);
    }

    void failAttempts(Failure reason) {
        List.copyOf(locating).forEach(attempt -> attempt.failed(reason));
    }

    void finishClosing() {
        List.copyOf(closing).forEach(PortClosing::finishIfItWaits);
    }
}
