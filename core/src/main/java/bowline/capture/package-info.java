/// Capture: what went over the boundary between a protocol and its transport, kept in memory for each connection and
/// written to a file, of which a test makes the same conversation again.
///
/// Start at [Captures], which puts a layer in front of a factory; what secrets are left out is a [Masking]. A file is
/// read as a [CapturedConnection] of [CaptureEvent]s, and replayed by `bowline.testing.Replay`.
///
///     transport ◀──▶ the layer ◀──▶ inner protocol
///                      └─ ring ──▶ *.capture ──▶ CapturedConnection ──▶ Replay
///
/// A file is text, to be read by people as well: a head, then a line for each event, oldest first.
///
///     bowline-capture 1
///     protocol "EchoProtocol"
///     opened 2026-03-01T12:00:00.25Z
///     host tcp 127.0.0.1 7777
///     peer tcp 127.0.0.1 40312
///     dropped 0 0 0
///     0 opened
///     1520000 received 2 "hello\r\nwo"
///     1610000 written "hello\r\n"
///     9000000 closed "bowline.protocol.ConnectionDone Connection was closed cleanly."
///
/// `dropped` counts what was not kept: events, bytes received, bytes written. Of an event the first word is the time
/// since the opening in nanoseconds, the second a [CaptureEvent.Kind]; then comes a number, if the kind has one, and
/// then bytes or text in quotes. What is not printable ASCII is escaped as in Java, a byte as `\xff`; `\*` is a byte
/// that was masked. Text is UTF-8. A reader refuses a version it does not know.
///
/// May know: protocols, policies, the log. Must not know: reactors, sockets, tests.
@NullMarked
package bowline.capture;

import org.jspecify.annotations.NullMarked;
