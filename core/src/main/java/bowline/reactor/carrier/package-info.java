/// Carriers of coroutines: bodies that read straight on and never run at the same time as anything
/// else on their reactor (section 7).
///
/// Start at [Coroutines], of which each reactor has one. [Coroutine] holds the rules; two subclasses
/// carry them out:
///
/// - [MountedCoroutine]: a virtual thread whose scheduler runs it on the reactor's own thread, found by
///   [MountedThreads]. It needs `--add-opens java.base/java.lang=ALL-UNNAMED` (or `=bowline.core`).
///   A blocking call of the JDK inside the body suspends the coroutine and not the loop.
/// - [BatonCoroutine]: an ordinary virtual thread that runs only while it holds the baton, for which the
///   reactor's thread waits. A blocking call inside the body blocks the loop.
///
///     loop ── start, or the Deferred fires ──▶ body ── await, or the end ──▶ loop
///
/// What a mounted coroutine must not do is to await inside a class initialiser or a native call back: such
/// frames hold the thread that should go on with the loop. With debugging on, that is refused.
///
/// May know: defer, log, reactor. Must not know: any backend.
@NullMarked
package bowline.reactor.carrier;

import org.jspecify.annotations.NullMarked;
