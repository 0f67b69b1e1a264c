/// What can be seen of a reactor while it runs (docs/observing.md).
///
/// Start at [ReactorWatch], which `reactor.watch()` answers.
///
///     ReactorWatch ── stats ────▶ ReactorStats ── MetricsPage ─▶ text for Prometheus
///                  ── describe ─▶ ReactorDescription            what it waits for, in words and as JSON
///                  ── watchdog ─▶ StallLimits                   what lasts too long is told to the log
///     RunningReactors: the watches of all reactors of this process that run now
///
/// May know: time, failure, log. Must not know: reactors; they make what is seen here.
@NullMarked
package bowline.reactor.watch;

import org.jspecify.annotations.NullMarked;
