/// The first message of a TLS connection, read before any engine is chosen: whom the client asks for and what it can.
///
/// Start at [ClientHelloMachine].
///
///     ByteBuffer unread ── next ──▶ ClientHello     (null: it ends inside; nothing is taken)
///     ByteSink ◀── AlertRecord ──── a violation's reply
///
/// May know: bytes, machines. Must not know: engines, certificates, transports.
@SansIo
@NullMarked
package bowline.tls.hello;

import bowline.bytes.SansIo;
import org.jspecify.annotations.NullMarked;
