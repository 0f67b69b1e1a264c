/// Bytes on their way out, and the mark of the rooms that know nothing but bytes.
///
/// Start at [ByteSink]: everything that can be written to is one: a transport, a queue, a test.
///
///     encoder ── write ──▶ ByteSink ──▶ (outbound buffer, queue, memory)
///
/// May know: nothing but `java.nio`. Must not know: sockets, clocks, threads.
@SansIo
@NullMarked
package bowline.bytes;

import org.jspecify.annotations.NullMarked;
