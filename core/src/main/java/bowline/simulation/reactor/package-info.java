/// A reactor on the simulated network: the same loop, connections and ports as on a real one, over simulated sockets.
///
/// Start at [SimulatedReactor]. Its time, threads and names come from its [SimulatedPlatform]; [Turns] runs it, turn by
/// turn in virtual time, between the turns of other reactors on the same thread.
///
///     Agenda ─▶ Turns ─ one turn ─▶ SimulatedReactor ─ ready ─▶ SimulatedConnection, SimulatedPort, …
///       ▲                                                            │ read, write
///       └──────────── net: something arrives ◀───────────────────────┘
///
/// May know: reactor.loop, net, child, fate. Must not know: tests, who builds the world.
@NullMarked
package bowline.simulation.reactor;

import org.jspecify.annotations.NullMarked;
