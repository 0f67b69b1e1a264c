/// The server's side of HTTP: joins connections to what they are served from.
///
/// Start at [Site], the factory to listen with; it asks a [Resource] for a [Response] to each [Exchange].
///
///     Transport ── bytes ──▶ HttpServerProtocol ── events ──▶ Exchange ──▶ Resource
///               ◀── bytes ── (machine, deadlines) ◀── Response, in the order of requests ──┘
///
/// A connection that waits for a request is little more than its protocol and one timed call; the machine that
/// reads and writes comes from the site's [MachinePool] when bytes come, and goes back when all is answered.
///
/// May know: web.message, web.http1, protocols, Deferreds, clocks. Must not know: files but by their channels, sockets.
@NullMarked
package bowline.web.server;

import org.jspecify.annotations.NullMarked;
