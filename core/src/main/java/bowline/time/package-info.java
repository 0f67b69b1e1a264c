/// Time, given to the code and never fetched by it, so that a test can hold the clock.
///
/// Start at [Clock]: a reactor is one, and so is `bowline.testing.ManualClock`. [DelayedCall] is the
/// handle of one thing that will happen later.
///
/// May know: nothing but `java.time`. Must not know: threads, sockets.
@NullMarked
package bowline.time;

import org.jspecify.annotations.NullMarked;
