/// HTTP for those who ask: requests, their responses, connections that are used again (RFC 9110, RFC 9112).
///
/// Start at [Agent]. It finds or makes a connection, an [HttpClientProtocol], which asks one thing at a time; what
/// comes back is a [ClientResponse] whose body is read when somebody wants it. [Pages] holds the one-line helpers.
///
///     Agent ── ClientRequest ──▶ HttpClientProtocol ── Http1Machine ──▶ server
///       ▲ Deferred<ClientResponse>                │
///       └── ConnectionPool ◀── idle again ────────┘
///
/// May know: web.message, web.http1, endpoints. Must not know: the server side.
@NullMarked
package bowline.web.client;

import org.jspecify.annotations.NullMarked;
