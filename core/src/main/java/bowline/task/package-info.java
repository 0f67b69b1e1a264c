/// Work that is done later, again and again, a piece at a time, under limits, or as a whole program (sections 26, 27).
///
/// Start at [LoopingCall]; [Later] waits once; [Cooperator] advances long computations step by step; [Admission] lets
/// in only so much work at a time; [MainTask] runs a program whose end is its one Deferred.
///
///     start(interval) ─▶ call … call … call     on the grid start + k × interval, late ones skipped
///                        └ stop() or a failure fires what start() returned
///
/// May know: time, defer, log, reactor. Must not know: backends, protocols.
@NullMarked
package bowline.task;

import org.jspecify.annotations.NullMarked;
