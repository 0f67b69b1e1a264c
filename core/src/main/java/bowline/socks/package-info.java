/// A proxy for connections, both ends: a server of SOCKS 4, 4a and 5, and endpoints that connect through a SOCKS or
/// HTTP proxy, or through several (SOC-1, SOC-2, rule K1).
///
/// Start at [SocksServer]; its conversation with one client is a [SocksServerProtocol]. For clients, at
/// [Socks5ClientEndpoint], [Socks4ClientEndpoint] and [HttpConnectClientEndpoint], which stand on any other endpoint.
///
///     client ──▶ SocksServerProtocol ─ Portal? ─ RequestCheck? ─ look-up ─ AddressRules? ─▶ target
///                       └─────────────────── Relay ────────────────────────────────────────┘
///
///     program ──▶ Socks5ClientEndpoint ──▶ any ClientEndpoint ──▶ proxy ──▶ target
///
/// May know: cred, endpoint, reactor, policy, protocol, defer, log. Must not know: services, backends.
@NullMarked
package bowline.socks;

import org.jspecify.annotations.NullMarked;
