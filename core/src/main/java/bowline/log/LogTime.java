package bowline.log;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes the time of events. Safe for any thread.
final class LogTime {
    private static final DateTimeFormatter LEGACY = DateTimeFormatter.ofPattern("u-MM-dd HH:mm:ssxx", Locale.ROOT);
    private static final DateTimeFormatter RFC3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxx", Locale.ROOT);

    private final @Nullable DateTimeFormatter format;
    private final boolean wholeSeconds;
    private volatile @Nullable Written last;

    /// The text of a second, which many events share.
    private record Written(long second, String text) {}

    private LogTime(@Nullable DateTimeFormatter format, boolean wholeSeconds) {
        this.format = format;
        this.wholeSeconds = wholeSeconds;
    }

    /// `2011-08-29 13:32:32+0200`, in `zone`, or the platform's when null (LOG-6).
    static LogTime legacy(@Nullable ZoneId zone) {
        return new LogTime(zone == null ? LEGACY : LEGACY.withZone(zone), true);
    }

    /// `2011-08-29T13:32:32+0200`, in `zone`, or the platform's when null (LGR-5).
    static LogTime rfc3339(@Nullable ZoneId zone) {
        return new LogTime(zone == null ? RFC3339 : RFC3339.withZone(zone), true);
    }

    /// As `format` says, in its zone or the platform's (LOG-7); `-` when it is null (LGR-5).
    static LogTime of(@Nullable DateTimeFormatter format) {
        return new LogTime(format, false);
    }

    /// The text of `time`.
    String text(Instant time) {
        if (format == null) {
            return "-";
        }
        Written written = last;
        if (wholeSeconds && written != null && written.second == time.getEpochSecond()) {
            return written.text;
        }
        ZoneId zone = format.getZone() == null ? ZoneId.systemDefault() : format.getZone();
        String text = format.format(time.atZone(zone));
        last = new Written(time.getEpochSecond(), text);
        return text;
    }
}
