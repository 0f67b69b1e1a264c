/// The log: structured events, lazily formatted, sent to observers; and the older API over the same
/// publisher (sections 37 to 39).
///
/// Start at [Logger]; what it publishes is a [LogEvent], sent by the [LogPublisher] to each
/// [LogObserver]. [LogContext] says on whose behalf the present thread is working. [Log] is the older
/// form of the same; [LogBeginner] says where events go.
///
///     Logger, Log ── LogEvent ──▶ LogPublisher ──▶ FileLogObserver, TextLogObserver …
///
/// A peer's words cannot forge a line (G10): values are escaped, line ends included, and what is our own
/// text of several lines (a format, a traceback) is indented, so that only events begin in column 0.
///
/// May know: time, failure. Must not know: Deferreds, sockets, reactors.
@NullMarked
package bowline.log;

import org.jspecify.annotations.NullMarked;
