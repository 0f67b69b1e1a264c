/// Work that is done later, again and again, or as a whole program (section 26).
///
/// Start at [LoopingCall]; [Later] waits once; [MainTask] runs a program whose end is its one Deferred.
///
///     start(interval) ─▶ call … call … call     on the grid start + k × interval, late ones skipped
///                        └ stop() or a failure fires what start() returned
///
/// May know: time, defer, log, reactor. Must not know: backends, protocols.
@NullMarked
package bowline.task;

import org.jspecify.annotations.NullMarked;
