/// The log: structured events, lazily formatted, sent to observers; and the older API over the same
/// publisher (sections 37 to 39).
///
/// Start at [Logger]; what it publishes is a [LogEvent], sent by the [LogPublisher] to each
/// [LogObserver]. [Log] is the older form of the same. [LogBeginner] says where events go, and what
/// happens to those before. [LogContext] says on whose behalf the present thread is working;
/// with debugging on, [Causes] say what led to it.
///
///     Logger, Log, standard output ── LogEvent ──▶ LogPublisher ──▶ LogObserver …
///
///     lines        FileLogObserver (the older form), TextLogObserver ──▶ LogFile, DailyLogFile
///     programs     JsonLogObserver ──▶ JsonLogReader
///     in between   FilteringLogObserver + LogLevelFilter, AsyncLogObserver, RateLimitedLogObserver
///     memory       LimitedHistoryLogObserver, CapturedLogs (tests)
///     platform     PlatformLogObserver (out), PlatformLoggerFinder and JulHandler (in); LogEcho, LogEntrance: no
/// circles
///
/// A peer's words cannot forge a line (G10): the values of an event are escaped, line ends included, and
/// what is our own text of several lines (a format, a traceback, the parts of `Log.msg`) is indented, so
/// that only events begin in column 0 (LOG-9). No other control character of either kind is ever written.
///
/// May know: time, failure. Must not know: Deferreds, sockets, reactors.
@NullMarked
package bowline.log;

import org.jspecify.annotations.NullMarked;
