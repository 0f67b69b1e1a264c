/// Whole programs under a seed: several hosts with their reactors, the network between them and its faults, in virtual
/// time and in one thread. The same seed does the same, event by event.
///
/// Start at [Simulation]: it makes [SimulatedHost]s and runs them. What lies between hosts is a
/// [bowline.simulation.net.Link], what programs start is a [bowline.simulation.child.SimulatedChild], what the seed
/// decides is in [bowline.simulation.fate], what happened in [bowline.simulation.trace].
///
///     var world = Simulation.of(seed);
///     var poet = world.host("poet");
///     var reader = world.host("reader");
///     world.between(poet, reader).latency(ofMillis(5), ofMillis(300)).cutAnywhere().resets(0.01);
///     poet.start(reactor -> reactor.listenTcp(7, Poetry.slowly(POEM)));
///     var poem = reader.start(reactor -> PoetryClient.fetchWithRetry(reactor, "poet", 7));
///     world.runUntil(poem, ofMinutes(10));
///
/// May know: everything below. Must not know: JUnit.
@NullMarked
package bowline.simulation;

import org.jspecify.annotations.NullMarked;
