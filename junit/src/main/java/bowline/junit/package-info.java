/// What tests of programs built on Bowline need beyond the fakes of `bowline.testing`.
///
/// Start at [Program], a whole program seen from outside.
///
/// May know: the engine, JUnit. Must not know: protocol families.
@NullMarked
package bowline.junit;

import org.jspecify.annotations.NullMarked;
