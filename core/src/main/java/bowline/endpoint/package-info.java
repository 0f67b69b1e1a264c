/// Where to connect to and where to listen, as objects and as strings (section 32).
///
/// Start at [ClientEndpoint] and [ServerEndpoint]; `of(reactor, "tcp:8080")` reads a string by [EndpointString] and
/// hands it to the [ClientEndpointParser] or [ServerEndpointParser] of its type. More types come by `ServiceLoader`.
///
///     "tcp:example.com:25:timeout=5" ─▶ EndpointString ─▶ parser of "tcp" ─▶ HostnameEndpoint
///                                                                           │ one attempt per address, staggered
///                                           Deferred<P> ◀── ConnectionRace ◀┘
///
/// May know: reactor, protocol, defer, log, time. Must not know: services, backends.
@NullMarked
package bowline.endpoint;

import org.jspecify.annotations.NullMarked;
