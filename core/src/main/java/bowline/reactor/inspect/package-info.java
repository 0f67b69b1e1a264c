/// The door by which another process of the same user asks this one what it waits for (docs/observing.md).
///
/// Start at [InspectSocket], which a program opens, and [Inspection], which asks.
///
///     Inspection ── Question ─▶ socket PID.sock in an InspectFolder ─▶ InspectSocket ─▶ RunningReactors
///                ◀─────────────── text, JSON or metrics ──────────────
///
/// The socket is a UNIX socket in a folder that is its user's alone, so there is no password. A thread of its own
/// answers, for a reactor that is stuck could not.
///
/// May know: reactor.watch, log. Must not know: reactors.
@NullMarked
package bowline.reactor.inspect;

import org.jspecify.annotations.NullMarked;
