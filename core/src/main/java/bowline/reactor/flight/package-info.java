/// What a reactor tells the JDK's Flight Recorder (docs/observing.md).
///
/// Start at [Flight], the gate: while nobody ever began a recording in this JVM, and where the module `jdk.jfr` is not
/// there, no event class is even loaded. [FlightRecord] is one reactor's side, [PoolWait] that of a thread pool.
///
///     bowline.Turn               longer than 1 ms, unless the recording says otherwise
///     bowline.SlowCallback       longer than 20 ms, likewise
///     bowline.ConnectionOpened, bowline.ConnectionClosed, bowline.Timer, bowline.PoolQueue, bowline.UnhandledError
///
/// May know: nothing of ours. Must not know: reactors.
@NullMarked
package bowline.reactor.flight;

import org.jspecify.annotations.NullMarked;
