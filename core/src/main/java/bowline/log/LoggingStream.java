package bowline.log;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A print stream each of whose lines is an event (LOG-13). An unfinished line waits for its end.
/// Closing it does nothing. Safe for any thread.
final class LoggingStream extends PrintStream {

    /// Longest line that is held, in bytes; a longer one becomes several events.
    static final int LINE_MAX_BYTES = 65_536;

    private LoggingStream(Lines lines) {
        super(lines, true, StandardCharsets.UTF_8);
    }

    /// A stream whose lines go to `log`, or to `original` when it is an observer of the log that prints:
    /// its line would call it again.
    static LoggingStream of(LogPublisher log, LogLevel level, String name, PrintStream original) {
        return new LoggingStream(new Lines(log, level, name, original));
    }

    @Override
    public void close() {
        flush();
    }

    /// Collects bytes up to a line end.
    private static final class Lines extends OutputStream {
        private final LogPublisher log;
        private final LogLevel level;
        private final String name;
        private final PrintStream original;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final ThreadLocal<Boolean> publishing = ThreadLocal.withInitial(() -> false);

        Lines(LogPublisher log, LogLevel level, String name, PrintStream original) {
            this.log = log;
            this.level = level;
            this.name = name;
            this.original = original;
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (publishing.get()) {
                original.write(bytes, offset, length);
                return;
            }
            for (int at = offset; at < offset + length; at++) {
                if (bytes[at] == '\n') {
                    endLine();
                } else {
                    line.write(bytes[at]);
                    if (line.size() == LINE_MAX_BYTES) {
                        endLine();
                    }
                }
            }
        }

        private void endLine() {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            if (!log.wants(level)) {
                return;
            }
            publishing.set(true);
            try {
                log.observe(event(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text));
            } finally {
                publishing.remove();
            }
        }

        private LogEvent event(String text) {
            var values = new LinkedHashMap<String, @Nullable Object>();
            values.put("message", List.of(text));
            values.put("printed", 1);
            values.put("isError", level == LogLevel.ERROR ? 1 : 0);
            values.put("log_io", text);
            return new LogEvent(log.times().instant(), level, name, null, null, values, LogContext.empty(), null);
        }
    }
}
