/// Hot restart: a process starts its successor and hands it all ports at which it listens, so that nobody who connects
/// meanwhile is turned away.
///
/// Start at [HotRestart], which is the old process's side; [Predecessor] is the new one's.
///
///     old process   HotRestart ── starts, with copies of the ports ──▶ Predecessor   new process
///                       │                                                  │ its services listen at the same sockets
///                       ◀───────────────── "ready", by a pipe ─────────────┘
///                       └─▶ finishes what is under way, and ends
///
/// From start to end of this there is at least one process that accepts; what the kernel holds for a port that both
/// have is lost to neither. If the successor ends first, or does not get ready in time, nothing has changed.
///
/// May know: process, reactor, defer, log, time. Must not know: services, backends.
@NullMarked
package bowline.handover;

import org.jspecify.annotations.NullMarked;
