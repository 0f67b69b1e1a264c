package bowline.simulation.reactor;

import bowline.simulation.fate.Fate;
import bowline.simulation.fate.FaultFilter;
import bowline.simulation.fate.FaultKind;
import bowline.simulation.net.Agenda;
import bowline.simulation.net.Network;
import bowline.simulation.trace.Trace;
import java.time.Instant;
import java.util.List;

/// Reactors for the contracts: each is alone in a fresh world, and its own `run()` lets virtual time pass.
///
/// Left out are whole: DescriptorContract, for it brings channels of the system; MulticastContract, for it names the
/// system's network cards (DatagramsTest has groups); GroupContract, for its reactors have threads and its guests
/// sockets (GroupTest has groups of reactors).
public final class LoneHost {
    private static final long SEED = Long.getLong("bowline.contract.seed", 1);
    private static final int TRACE_EVENTS = 1000;

    private LoneHost() {}

    /// A reactor on a host of its own.
    public static SimulatedReactor reactor() {
        var fate = new Fate(SEED, FaultFilter.ALL);
        var agenda = new Agenda(fate.draws(FaultKind.ORDER, "agenda"));
        var network = new Network(fate, agenda, new Trace(TRACE_EVENTS));
        var node = network.node("alone", List.of());
        return new SimulatedReactor(new SimulatedPlatform(network, node, Instant.parse("2026-01-01T00:00:00Z")));
    }
}
