/// What a program is made of: protocols, the factories that make them, the transports they talk
/// through, and the reasons why a connection ends (sections 17 to 23).
///
/// Start at [Protocol]; the other side of the conversation is its [Transport].
///
///     reactor ── dataReceived(unread) ──▶ Protocol ── write ──▶ Transport ──▶ peer
///        ▲ buildProtocol                                 │
///     Factory ◀────────────── shared state ──────────────┘
///
/// Without connections there are [DatagramProtocol] and its [DatagramTransport] (section 23).
///
/// May know: bytes, time, failure, log, defer, framing. Must not know: reactors, sockets.
@NullMarked
package bowline.protocol;

import org.jspecify.annotations.NullMarked;
