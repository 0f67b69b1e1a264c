/// The PROXY protocol without a wire: headers as values, read and written in both versions (HAP-1 to HAP-4, R1; the
/// specification is HAProxy's `doc/proxy-protocol.txt`).
///
/// Start at [ProxyHeaderMachine]; it reads with [TextHeader] (version 1) and [BinaryHeader] (version 2).
///
///     ByteBuffer unread ── next ──▶ ProxyHeader     (null: the bytes end inside the header)
///     ByteSink         ◀── send ─── ProxyHeader
///
/// May know: bytes, machine. Must not know: sockets, clocks, threads, Deferred.
@SansIo
@NullMarked
package bowline.haproxy.message;

import bowline.bytes.SansIo;
import org.jspecify.annotations.NullMarked;
