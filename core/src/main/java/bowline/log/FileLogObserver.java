package bowline.log;

import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Writes events in the lines of the older log (LOG-6), to a file, a [LogFile] or standard output:
///
///     2011-08-29 13:32:32+0200 [CmdProtocol,0,127.0.0.1] Cmd received
///
/// To change what is written, override [#emit] (LOG-14). Safe for any thread.
///
/// @see TextLogObserver the lines of the structured log
public class FileLogObserver implements LogObserver {
    private final LineWriter out;
    private final LogTime time;

    /// Writes to `out` with the time of the platform's zone. The stream is not closed by this class.
    public FileLogObserver(OutputStream out) {
        this(out, LogTime.legacy(null));
    }

    /// As [#FileLogObserver(OutputStream)], with the time of `zone`.
    public FileLogObserver(OutputStream out, ZoneId zone) {
        this(out, LogTime.legacy(zone));
    }

    /// As [#FileLogObserver(OutputStream)], with the time as `timeFormat` says, in its zone or, when it
    /// has none, the platform's (LOG-7).
    public FileLogObserver(OutputStream out, DateTimeFormatter timeFormat) {
        this(out, LogTime.of(timeFormat));
    }

    private FileLogObserver(OutputStream out, LogTime time) {
        this.out = new LineWriter(out);
        this.time = time;
    }

    /// Writes one event; one without a text is passed over (LOG-3).
    ///
    /// @throws java.io.UncheckedIOException if the file cannot be written
    public void emit(LogEvent event) {
        String body = EventText.body(event);
        if (!body.isEmpty()) {
            write(EventText.line(formatTime(event.time()), event.system(), body));
        }
    }

    /// The time as it stands at the beginning of a line.
    protected String formatTime(Instant when) {
        return time.text(when);
    }

    /// Writes `text` as it is, at once and whole (LOG-10): for overrides of [#emit]. What comes from a
    /// peer must be escaped before; [LogEvent#text] has done so.
    protected final void write(String text) {
        out.write(text);
    }

    /// Calls [#emit].
    @Override
    public final void observe(LogEvent event) {
        emit(event);
    }

    /// Registers this with the process's publisher (LOG-14).
    public void start() {
        LogPublisher.global().add(this);
    }

    /// Takes it out again.
    public void stop() {
        LogPublisher.global().remove(this);
    }
}
