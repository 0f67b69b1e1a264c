/// What went wrong, as a value that can travel (section 8).
///
/// Start at [Failure]. [Debug] is the one switch for everything that costs something only when
/// debugging.
///
/// May know: nothing but the JDK's exceptions. Must not know: the log, Deferreds, sockets.
@NullMarked
package bowline.failure;

import org.jspecify.annotations.NullMarked;
