/// What happened in a simulation, in order: as text to read, and as a sum to compare two runs by.
///
/// Start at [Trace]; a [TraceEvent] is one line of it, and [SequenceDiagram] draws it: each as an [Arrow], on a
/// [TimeAxis].
///
/// May know: nothing. Must not know: who runs the simulation.
@NullMarked
package bowline.simulation.trace;

import org.jspecify.annotations.NullMarked;
