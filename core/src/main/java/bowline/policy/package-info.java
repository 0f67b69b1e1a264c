/// Policies that any protocol can be put under: factories that stand in front of another factory and decide which
/// connections it gets, and layers around its protocols (section 30).
///
/// Start at [LimitConnectionsByPeer], [LimitTotalConnections] or [LimitConnectionRate]. Who counts connections
/// anyway, and needs no wrapper for each, uses [ConnectionsBySource] and [RefusalLog] by themselves, as a web site
/// does.
///
///     port ── buildProtocol(peer) ──▶ LimitTotalConnections ──▶ LimitConnectionsByPeer ──▶ the program's factory
///                                          │ null: refused          │
///                                          └────── RefusalLog ◀─────┘
///
/// Layers stand between the transport and each protocol: [WrappingFactory] puts a [ProtocolWrapper] around it, as
/// [TimeoutFactory], [ShapingFactory], [ThrottlingFactory], [SpewingFactory] and [TrafficLoggingFactory] do.
///
///     transport ◀──▶ ProtocolWrapper │ WrappedTransport ◀──▶ inner protocol
///
/// A limit counts for several reactors together when each has its `sibling`.
///
/// May know: protocols, clocks, the log. Must not know: reactors, sockets.
@NullMarked
package bowline.policy;

import org.jspecify.annotations.NullMarked;
