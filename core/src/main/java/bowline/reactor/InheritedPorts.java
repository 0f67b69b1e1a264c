package bowline.reactor;

import java.util.ArrayList;
import java.util.List;

/// Sockets that a process got from its predecessor. Whoever is to listen where one of them does takes that one, and
/// so loses nobody who waits there. Shared by all reactors of a process; for any thread.
public final class InheritedPorts {
    /// What [#take] answers when there is none of that name.
    public static final int NONE = -1;

    private final List<OpenPort> left;

    /// These, each to be taken once.
    public InheritedPorts(List<OpenPort> ports) {
        left = new ArrayList<>(ports);
    }

    /// None.
    public InheritedPorts() {
        this(List.of());
    }

    /// Takes the first of that name: its descriptor, which is the caller's from here on; or [#NONE].
    public synchronized int take(String name) {
        for (OpenPort port : left) {
            if (port.name().equals(name)) {
                left.remove(port);
                return port.descriptor();
            }
        }
        return NONE;
    }

    /// The descriptors of all that nobody has taken.
    public synchronized List<Integer> descriptors() {
        return left.stream().map(OpenPort::descriptor).toList();
    }

    /// Whether there is one of that name.
    public synchronized boolean has(String name) {
        return left.stream().anyMatch(port -> port.name().equals(name));
    }

    /// Takes all that nobody has taken.
    public synchronized List<OpenPort> takeRest() {
        List<OpenPort> rest = List.copyOf(left);
        left.clear();
        return rest;
    }
}
