/// What tests of programs built on Bowline need beyond the fakes of `bowline.testing`.
///
/// Start at [OnReactor], which runs tests as coroutines on a real reactor and looks what they leave behind, or
/// at [Program], a whole program seen from outside.
///
///     JUnit ── method ──▶ ReactorExtension ── coroutine ──▶ reactor's thread
///     JUnit ◀── leftovers, logged errors ── ReactorTrial ◀── reactor's end
///
/// May know: the engine, JUnit. Must not know: protocol families.
@NullMarked
package bowline.junit;

import org.jspecify.annotations.NullMarked;
