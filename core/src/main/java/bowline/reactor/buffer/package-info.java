/// The buffer that bytes are lent from, for all who show a protocol what has come: the loops, and layers that make
/// other bytes of what they are shown.
///
/// Start at [ReadBuffer].
///
/// May know: protocols. Must not know: loops, sockets.
@NullMarked
package bowline.reactor.buffer;

import org.jspecify.annotations.NullMarked;
