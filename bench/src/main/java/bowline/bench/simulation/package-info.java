/// The simulator's speed: what happens a second, and how soon an idle hour is over.
///
/// Start at [SimulationBench].
@NullMarked
package bowline.bench.simulation;

import org.jspecify.annotations.NullMarked;
