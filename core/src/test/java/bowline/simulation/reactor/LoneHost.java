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
/// A case that needs a real system is left out and says why (`needsRealSystem` of the contracts).
public final class LoneHost {
    private static final long SEED = Long.getLong("bowline.contract.seed", 1);
    private static final int TRACE_EVENTS = 1000;

    private LoneHost() {}

    /// A reactor on a host of its own.
    public static SimulatedReactor reactor() {
        return new SimulatedReactor(platform());
    }

    /// What makes reactors that share a host of their own.
    static SimulatedBackend backend() {
        return new SimulatedBackend(platform(), Turns::new);
    }

    private static SimulatedPlatform platform() {
        var fate = new Fate(SEED, FaultFilter.ALL);
        var agenda = new Agenda(fate.draws(FaultKind.ORDER, "agenda"));
        var network = new Network(fate, agenda, new Trace(TRACE_EVENTS));
        var node = network.node("alone", List.of());
        return new SimulatedPlatform(network, node, Instant.parse("2026-01-01T00:00:00Z"));
    }
}
