/// What the seed of a simulation decides, and what of it may be taken back.
///
/// Start at [Fate]. Every decision belongs to a *stream*, named by its [FaultKind] and by where it is made
/// (a connection, a host); the n-th decision of a stream depends on the seed, the stream and n alone. So one
/// decision can be taken back without any other becoming a different one, which is what makes a failing case
/// small ([FaultFilter]).
///
///     seed ─▶ Fate ─ draws(kind, where) ─▶ Draws ─ strikes(0.01) ─▶ yes, unless the filter says no
///
/// May know: nothing. Must not know: what the decisions are about.
@NullMarked
package bowline.simulation.fate;

import org.jspecify.annotations.NullMarked;
