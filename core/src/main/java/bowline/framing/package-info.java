/// Where one message ends and the next begins: lines, netstrings, strings with a length in front
/// (section 29).
///
/// Start at [LineFramer]. All three are machines whose event is one message, lent as a slice of the bytes
/// it came in; [LineOptions] and [StringLimits] hold their limits.
///
///     ByteBuffer unread ── next ──▶ one message      (null: it has not ended yet)
///     ByteSink         ◀── send ─── one message
///
/// May know: bytes, machine. Must not know: transports, protocols, clocks.
@SansIo
@NullMarked
package bowline.framing;

import bowline.bytes.SansIo;
import org.jspecify.annotations.NullMarked;
