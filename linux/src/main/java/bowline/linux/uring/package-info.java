/// The reactor on io_uring: one ring, entered once a turn, in which accepts and receives stay posted.
///
/// Start at [UringReactor]. [UringProvider] offers it under the name `uring`.
///
///     UringReactor ── what is wanted ──▶ Uring ── entries ──▶ Ring ◀── kernel
///         ▲ ready(events)                  │ completions ◀──────┘
///         └────────────────────────────────┤
///                                          ├─ Receiving   what has come is an Incoming, in ReceiveBuffers
///                                          ├─ Accepting   who has come
///                                          └─ Senders     who has posted what
///
/// What does not come by a receive or an accept is polled for. Sends of one piece wait for the next enter.
///
/// May know: reactor, linux.reactor, linux.socket, linux.system. Must not know: other backends, endpoints, services.
@NullMarked
package bowline.linux.uring;

import org.jspecify.annotations.NullMarked;
