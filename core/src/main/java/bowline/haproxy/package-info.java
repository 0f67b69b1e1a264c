/// The PROXY protocol, both ways (HAP-1 to HAP-4, R1): who a connection through a proxy really comes from.
///
/// Start at [ProxyProtocolServerEndpoint], which is `haproxy:` before a server's description;
/// [ProxyProtocolClientEndpoint] is the same before a client's. [ProxyProtocolFactory] and [ProxyHeaderFirst] do it
/// for one factory.
///
///     proxy ── header, then bytes ──▶ ProxiedProtocol ──▶ inner protocol, whose peer() is the header's source
///                                         │ message.ProxyHeaderMachine
///
/// May know: policy, endpoint and what is below them. Must not know: services, backends.
@NullMarked
package bowline.haproxy;

import org.jspecify.annotations.NullMarked;
