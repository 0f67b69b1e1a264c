/// The log: structured events, lazily formatted, sent to observers; and the older API over the same
/// publisher (sections 37 to 39).
///
/// Start at [Logger]; what it publishes is a [LogEvent], sent by the [LogPublisher] to each
/// [LogObserver]. [LogContext] says on whose behalf the present thread is working.
///
///     Logger ── LogEvent ──▶ LogPublisher ──▶ LogObserver …  (text, JSON, file, memory)
///
/// May know: time, failure. Must not know: Deferreds, sockets, reactors.
@NullMarked
package bowline.log;

import org.jspecify.annotations.NullMarked;
