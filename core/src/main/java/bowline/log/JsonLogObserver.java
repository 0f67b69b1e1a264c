package bowline.log;

import java.io.OutputStream;

/// Writes each event as a JSON object, to be read by programs (LGR-11): a record separator, the object,
/// and a newline. What its format shows is kept as text beside the values, so that [JsonLogReader] can
/// show the event again. Safe for any thread.
public final class JsonLogObserver implements LogObserver {

    /// What stands before each object, so that readers find the next one even behind a broken one (RFC 7464).
    public static final String RECORD_SEPARATOR = "\u001e";

    private final LineWriter out;
    private final String recordSeparator;

    /// Writes to `out`. The stream is not closed by this class.
    public JsonLogObserver(OutputStream out) {
        this(out, RECORD_SEPARATOR);
    }

    /// Writes to `out` with another record separator; the empty one makes plain lines of JSON.
    public JsonLogObserver(OutputStream out, String recordSeparator) {
        this.out = new LineWriter(out);
        this.recordSeparator = recordSeparator;
    }

    @Override
    public void observe(LogEvent event) {
        out.write(recordSeparator + EventJson.write(event) + "\n");
    }
}
