/// What HTTP messages are, whatever the version that carries them (RFC 9110).
///
/// Start at [HttpEvent]: a conversation is a row of heads, pieces of body, and ends. [Headers] holds the
/// fields of one head; [HeadScanner] finds them in a peer's bytes.
///
///     lent bytes ── HeadScanner ──▶ Headers ──▶ RequestHead, ResponseHead     (one copy, Strings only when asked)
///     Headers.Builder ──▶ Headers ──▶ ByteSink                               (checked when built, written as it is)
///
/// May know: bytes, machine. Must not know: sockets, clocks, threads, Deferred.
@SansIo
@NullMarked
package bowline.web.message;

import bowline.bytes.SansIo;
import org.jspecify.annotations.NullMarked;
