package bowline.simulation.invariant;

import bowline.reactor.Reactor;
import bowline.simulation.SimulatedHost;
import java.util.function.IntSupplier;

/// Counts what a host has open while its programs run: the connections that its reactors know, and beside them no more
/// than the test knows of. Looked at between any two things that happen, it finds what is closed too late or never,
/// which the end of a program would clear away unseen.
///
///     var descriptors = new DescriptorCheck(server, () -> 2); // a port, and what a listening reactor keeps in reserve
///     world.runUntil(() -> descriptors.look() && …, limit);
///
/// For the simulation's thread.
public final class DescriptorCheck {
    private final SimulatedHost host;
    private final IntSupplier most;

    /// @param most how many may be open at present beside connections: ports, one that a reactor which listens
    /// keeps in reserve, and connects under way
    public DescriptorCheck(SimulatedHost host, IntSupplier most) {
        this.host = host;
        this.most = most;
    }

    /// Looks.
    ///
    /// @return true
    /// @throws AssertionError if fewer are open than there are connections, or too many
    public boolean look() {
        long connections = 0;
        for (Reactor reactor : host.reactors()) {
            connections += reactor.watch().stats().connectionsOpen();
        }
        long beside = host.descriptors() - connections;
        if (beside < 0 || beside > most.getAsInt()) {
            throw new AssertionError(host + " has " + host.descriptors() + " descriptors open: " + connections
                    + " connections and " + beside + " others; 0 to " + most.getAsInt() + " were expected");
        }
        return true;
    }
}
