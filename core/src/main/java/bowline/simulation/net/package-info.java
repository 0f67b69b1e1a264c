/// The simulated network: hosts with addresses, what lies between them, and their sockets.
///
/// Start at [Network]. A [Node] is a host's network stack; a [Link] says how two nodes reach each other, a
/// [Path] is one direction of it in use. A [StreamSocket] is one end of a connection, a [Flow] the bytes under
/// way from one end to the other; a [DatagramSocket] sends and takes datagrams. All of it moves by [Agenda],
/// the list of what is to happen in virtual time.
///
///     StreamSocket ─ write ─▶ Flow (send buffer, segments, window) ─▶ StreamSocket ─ read ─▶
///                               │ Link: latency, loss, cuts, resets, partitions
///
/// TCP keeps TCP's promises: bytes arrive whole and in order, or the connection ends. UDP keeps UDP's: none.
///
/// May know: bytes, fate, trace. Must not know: reactors, protocols.
@NullMarked
package bowline.simulation.net;

import org.jspecify.annotations.NullMarked;
