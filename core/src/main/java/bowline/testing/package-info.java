/// Fakes to test programs with: time, transports and reactors that live in memory and do what they
/// are told (sections 28 and 43).
///
/// Start at [MemoryTransport]: it connects one protocol to nothing but your test. [ManualClock] is
/// time that passes when you say so. [Loopback] joins two protocols in memory, [TcpLoopback] over a real socket.
/// [MemoryDatagramTransport] is a UDP port. Values for property tests are made in [bowline.testing.generate].
/// [Replay] has a captured conversation once more.
///
///     test ── deliver(bytes) ──▶ MemoryTransport ── dataReceived ──▶ Protocol
///     test ◀── value() ───────── MemoryTransport ◀── write ───────── Protocol
///     test ── advance(d) ──▶ ManualClock ── calls that are due ──▶ your code
///
/// May know: everything in the core but the hidden backends. Must not know: sockets, threads, the real time.
@NullMarked
package bowline.testing;

import org.jspecify.annotations.NullMarked;
