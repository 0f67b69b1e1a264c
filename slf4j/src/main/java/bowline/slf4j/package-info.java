/// The provider of SLF4J 2: what libraries log arrives in our log (LGR-14). Nothing here is called by name:
/// with this jar on the path, SLF4J and the platform find it by `ServiceLoader`.
///
///     org.slf4j.Logger ──▶ Slf4jLogger ── LogEvent ──▶ LogPublisher.global()
///     System.Logger    ──▶ PlatformDoor ──────────────▶ the same
///     org.slf4j.MDC    ◀─▶ ContextMdc ◀─▶ LogContext
///
/// An event has the logger's name as its namespace, and under these keys:
///
/// | key | what |
/// |---|---|
/// | `text` | the message with its arguments in it, filled in when first shown; a value, never a format |
/// | `slf4j_level` | the level's name in SLF4J: `TRACE` is a level of its own there and debug here |
/// | `markers` | the names of the markers, where there are any |
/// | any other | a key-value pair of the fluent API |
///
/// A pair's key that the log uses itself (`text`, `system`, `log_…`) gets `slf4j_` put before it. Throwables
/// are failures. The keys of the MDC are those of the [bowline.log.LogContext] in force.
///
/// Start at [BowlineServiceProvider]. May know: log, failure, SLF4J. Must not know: reactors.
@NullMarked
package bowline.slf4j;

import org.jspecify.annotations.NullMarked;
