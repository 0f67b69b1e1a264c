/// What a TLS implementation is to us: an engine of bytes in and bytes out for each connection, and what the engines of
/// many connections share.
///
/// Start at [TlsEngine]; implementations are [TlsProvider]s, found by `ServiceLoader`.
///
///     TlsProvider ── client(ClientSettings) ──▶ ClientContext ── engine(name, address) ──▶ TlsEngine
///                └── server(ServerSettings) ──▶ ServerContext ── engine(protocols) ─────▶ TlsEngine
///
/// May know: certificates. Must not know: transports, reactors, where work is done.
@NullMarked
package bowline.tls.engine;

import org.jspecify.annotations.NullMarked;
