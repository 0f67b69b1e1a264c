/// Ways out of our log into others (LGR-14): [Slf4jLogObserver]. That to the platform's `System.Logger` needs
/// no jar of others and so lives in core, [bowline.log.PlatformLogObserver].
///
///     Logger ── LogEvent ──▶ Slf4jLogObserver ── fluent API ──▶ org.slf4j.Logger of the namespace
///
/// May know: log, failure, SLF4J. Must not know: reactors, nor the provider in `bowline-slf4j`, which is the
/// way in and must not be on the path at the same time.
@NullMarked
package bowline.log.bridges;

import org.jspecify.annotations.NullMarked;
