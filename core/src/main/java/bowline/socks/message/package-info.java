/// What SOCKS 4, 4a and 5 and an HTTP proxy's CONNECT say on the wire, without a wire (SOC-1, SOC-2, RFC 1928, RFC
/// 1929, RFC 9110 §9.3.6).
///
/// Start at [SocksServerMachine] and [SocksClientMachine]; both speak in [SocksMessage]s. After the last reply the
/// bytes are the program's own and are left unread.
///
///     client                                     server
///     Greeting ────────────────────────────────▶            only SOCKS 5
///              ◀──────────────────────────────── MethodChoice
///     Login    ────────────────────────────────▶            only if that was chosen
///              ◀──────────────────────────────── LoginAnswer
///     Request  ────────────────────────────────▶
///              ◀──────────────────────────────── Reply      two of them for BIND
///
/// [ConnectMachine] is the client's side of CONNECT, [SocksDatagram] what wraps a datagram of UDP ASSOCIATE.
///
/// May know: bytes, machine. Must not know: sockets, clocks, Deferred.
@SansIo
@NullMarked
package bowline.socks.message;

import bowline.bytes.SansIo;
import org.jspecify.annotations.NullMarked;
