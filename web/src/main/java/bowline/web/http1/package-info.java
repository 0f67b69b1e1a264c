/// HTTP/1.1 as a pure state machine: bytes in, events out; events in, bytes out (RFC 9112).
///
/// Start at [Http1Machine], which is either side of a connection. It finds heads with
/// [bowline.web.message.HeadScanner], judges them with [RequestRules] and [ResponseRules], reads chunked bodies
/// with [ChunkedReader] and writes with [HeadWriter].
///
///     ByteBuffer unread ── next ──▶ HttpEvent     (null: the bytes end inside an event)
///     ByteSink         ◀── send ─── HttpEvent
///
/// May know: bytes, machine, web.message. Must not know: sockets, clocks, threads, Deferred.
@SansIo
@NullMarked
package bowline.web.http1;

import bowline.bytes.SansIo;
import org.jspecify.annotations.NullMarked;
