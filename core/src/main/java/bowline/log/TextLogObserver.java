package bowline.log;

import java.io.OutputStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Writes events in the lines of the structured log (LGR-5). Safe for any thread.
///
///     2026-11-20T18:16:02+0000 [poetry.Server#info] 3 readers
///
/// The prefix of the work an event belongs to, if there is one, stands in place of namespace and level.
public final class TextLogObserver implements LogObserver {
    private final LineWriter out;
    private final LogTime time;

    /// Writes to `out` with the time of the platform's zone. The stream is not closed by this class.
    public TextLogObserver(OutputStream out) {
        this(out, LogTime.rfc3339(null));
    }

    /// As [#TextLogObserver(OutputStream)], with the time of `zone`.
    public TextLogObserver(OutputStream out, ZoneId zone) {
        this(out, LogTime.rfc3339(zone));
    }

    /// As [#TextLogObserver(OutputStream)], with the time as `timeFormat` says; `-` when it is null.
    public TextLogObserver(OutputStream out, @Nullable DateTimeFormatter timeFormat) {
        this(out, LogTime.of(timeFormat));
    }

    private TextLogObserver(OutputStream out, LogTime time) {
        this.out = new LineWriter(out);
        this.time = time;
    }

    @Override
    public void observe(LogEvent event) {
        String body = EventText.body(event);
        if (!body.isEmpty()) {
            out.write(EventText.line(time.text(event.time()), prefix(event), body));
        }
    }

    private static String prefix(LogEvent event) {
        if (event.hasSystem()) {
            return event.system();
        }
        return event.namespace() + "#" + event.level().label();
    }
}
