/// Observers that hand events to the log daemon of a machine: syslog (RFC 5424, by UDP, TCP or a UNIX stream) and
/// systemd's journal. Start at [SyslogObserver].
///
///     any thread ── LogEvent ──▶ AsyncLogObserver (bounded queue)
///                                      │ a thread of its own from here on: it may wait
///                                      ▼
///                                DaemonLink ── bytes ──▶ DaemonWire: DatagramWire, StreamWire
///                                      ▲ opens it again, later and later, while there is no way through
///                   SyslogFormat, JournalFormat: pure
///
/// No thread that logs ever waits for a daemon. While one cannot be reached, events wait in the queue, and
/// those that find it full are counted; the fault is told once, and once when it is over.
///
/// UNIX sockets for datagrams, as `/dev/log` mostly is and the journal's own protocol wants, are not to be had
/// from NIO. So syslog goes by UDP, TCP or a UNIX stream, and the journal is written to by the stream that it
/// has for the standard output of services.
///
/// May know: log, failure, time, blocking channels. Must not know: Deferreds, reactors.
@NullMarked
package bowline.log.daemon;

import org.jspecify.annotations.NullMarked;
