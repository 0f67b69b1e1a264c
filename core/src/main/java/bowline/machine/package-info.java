/// What every protocol machine is: pure, resumable, and strict.
///
/// Start at [Machine]. A peer that breaks the protocol is answered with a [PeerViolation].
///
///     ByteBuffer unread ── next ──▶ event      (null: the bytes end inside an event)
///     ByteSink         ◀── send ─── event
///
/// May know: bytes. Must not know: sockets, clocks, threads, Deferred.
@SansIo
@NullMarked
package bowline.machine;

import bowline.bytes.SansIo;
import org.jspecify.annotations.NullMarked;
