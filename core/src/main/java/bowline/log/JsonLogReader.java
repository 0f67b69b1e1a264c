package bowline.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the events that a [JsonLogObserver] wrote (LGR-12). Whether records are separated or plain
/// lines shows in the first byte. A record that cannot be read is left out and logged. For one thread
/// at a time; it does not close its file.
///
///     try (var file = Files.newInputStream(path)) {
///         new JsonLogReader(file).events().forEach(new TextLogObserver(System.out)::observe);
///     }
public final class JsonLogReader {

    /// How much is read at once, in bytes.
    static final int PIECE_BYTES = 4_096;

    /// Longest record read, in bytes; a longer one is left out.
    public static final int RECORD_MAX_BYTES = 16 * 1024 * 1024;

    private static final Logger log = Logger.of(JsonLogReader.class);
    private static final byte SEPARATOR = 0x1e;

    private final InputStream file;
    private final int recordMaxBytes;
    private final Logger complaints;
    private final byte[] piece = new byte[PIECE_BYTES];
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private int at;
    private int end;
    private boolean separated;
    private boolean begun;
    private long recordNumber;

    /// Reads `file`.
    public JsonLogReader(InputStream file) {
        this(file, RECORD_MAX_BYTES, log);
    }

    JsonLogReader(InputStream file, int recordMaxBytes, Logger complaints) {
        this.file = file;
        this.recordMaxBytes = recordMaxBytes;
        this.complaints = complaints;
    }

    /// The next event, or null at the end of the file.
    ///
    /// @throws IOException if the file cannot be read
    public @Nullable LogEvent next() throws IOException {
        while (readRecord()) {
            LogEvent event = decode();
            if (event != null) {
                return event;
            }
        }
        return null;
    }

    /// The events from here to the end.
    ///
    /// @throws UncheckedIOException while it is read, if the file cannot be
    public Stream<LogEvent> events() {
        return Stream.generate(this::nextUnchecked).takeWhile(Objects::nonNull).map(Objects::requireNonNull);
    }

    private @Nullable LogEvent nextUnchecked() {
        try {
            return next();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Collects the bytes up to the next separator; false at the end of the file.
    private boolean readRecord() throws IOException {
        record.reset();
        boolean any = false;
        while (at < end || fill()) {
            byte octet = piece[at++];
            if (octet == (separated ? SEPARATOR : (byte) '\n')) {
                if (any) {
                    return true;
                }
            } else {
                any = true;
                // One byte more than the limit is kept, to know that it was exceeded.
                if (record.size() <= recordMaxBytes) {
                    record.write(octet);
                }
            }
        }
        return any;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, file.read(piece));
        if (!begun && end > 0) {
            begun = true;
            separated = piece[0] == SEPARATOR;
        }
        return end > 0;
    }

    private @Nullable LogEvent decode() {
        recordNumber++;
        if (record.size() > recordMaxBytes) {
            return skip("it is longer than " + recordMaxBytes + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(record.toByteArray()))
                    .toString();
            if (separated && !text.endsWith("\n")) {
                return skip("it is cut short");
            }
            return EventJson.read(text);
        } catch (CharacterCodingException wrong) {
            return skip("it is not UTF-8");
        } catch (JsonReader.Malformed wrong) {
            return skip("it is no JSON: " + wrong.getMessage());
        }
    }

    private @Nullable LogEvent skip(String why) {
        complaints.error(
                "log record {number} is left out: {why}; it begins with {record!r}",
                recordNumber,
                why,
                ByteBuffer.wrap(record.toByteArray(), 0, Math.min(100, record.size())));
        return null;
    }
}
