/// Passes connections on to somewhere else (FWD-1).
///
/// Start at [PortForward], a factory for the port that clients come to.
///
///     client ◀──▶ ForwardedProtocol ◀── Relay ──▶ ForwardTarget ◀──▶ any ClientEndpoint
///
/// May know: endpoint, haproxy, policy and what is below them. Must not know: services, backends.
@NullMarked
package bowline.forward;

import org.jspecify.annotations.NullMarked;
