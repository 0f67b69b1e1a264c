package bowline.log.daemon;

import bowline.log.LogEvent;
import bowline.log.LogLevel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Writes an event as a message of syslog (RFC 5424 §6). Pure, and safe for any thread. For those who send it by a wire
/// of their own; [SyslogObserver] has the usual ones.
///
///     <30>1 2026-11-20T18:16:02.000000Z host poetry 4711 Server [bowline@32473 namespace="poetry.Server" …] text
public final class SyslogFormat {
    /// Longest fields of the header, in characters (§6).
    static final int HOSTNAME_MAX_CHARS = 255;

    static final int APP_NAME_MAX_CHARS = 48;
    static final int PROCID_MAX_CHARS = 128;
    static final int MSGID_MAX_CHARS = 32;
    static final int SD_NAME_MAX_CHARS = 32;

    private static final String NIL = "-";
    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /// Kept free for the count of values that did not fit.
    private static final int LEFT_OUT_BYTES = 24;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final SyslogOptions options;
    private final boolean oneLine;
    private final String names;
    private final String dataId;

    /// As `options` say.
    ///
    /// @param oneLine whether a line feed would end the message, as in [SyslogFraming#NON_TRANSPARENT]
    public SyslogFormat(SyslogOptions options, boolean oneLine) {
        this.options = options;
        this.oneLine = oneLine;
        this.names = header(options.hostname(), HOSTNAME_MAX_CHARS)
                + ' '
                + header(options.appName(), APP_NAME_MAX_CHARS)
                + ' '
                + header(options.procId(), PROCID_MAX_CHARS)
                + ' ';
        this.dataId = sdName(options.structuredDataId());
    }

    /// The message, no longer than the options say; empty where the event says nothing.
    public byte[] write(LogEvent event) {
        String body = event.body();
        if (body.isEmpty()) {
            return new byte[0];
        }
        String header = "<" + priority(event.level()) + ">1 " + TIME.format(event.time()) + ' ' + names
                + messageId(event.namespace()) + ' ';
        int max = options.messageMaxBytes();
        var message = new ByteArrayOutputStream(256);
        message.writeBytes(utf8(header));
        message.writeBytes(utf8(structuredData(event, Math.min(max / 2, max - header.length()))));
        appendText(message, oneLine ? body.replace("\n", "\\n") : body);
        return Arrays.copyOf(message.toByteArray(), Math.min(message.size(), max)); // of long names, the least limit
    }

    /// Facility and severity in one number (§6.2.1).
    private int priority(LogLevel level) {
        return options.facility().code() * 8 + severity(level);
    }

    static int severity(LogLevel level) {
        return switch (level) {
            case DEBUG -> 7;
            case INFO -> 6;
            case WARN -> 4;
            case ERROR -> 3;
            case CRITICAL -> 2;
        };
    }

    /// The last part of the namespace: what kind of message it is (§6.2.7).
    private static String messageId(String namespace) {
        return header(namespace.substring(namespace.lastIndexOf('.') + 1), MSGID_MAX_CHARS);
    }

    /// The keys of the event (§6.3), of half a message at most, so that there is room for the text.
    private String structuredData(LogEvent event, int maxBytes) {
        var data = new StringBuilder("[").append(dataId);
        int room = maxBytes - data.length() - LEFT_OUT_BYTES;
        if (room < 0) {
            return NIL;
        }
        int leftOut = 0;
        for (var entry : fields(event).entrySet()) {
            String parameter = ' ' + sdName(entry.getKey()) + "=\"" + sdValue(entry.getValue()) + '"';
            int bytes = utf8(parameter).length;
            if (bytes <= room) {
                data.append(parameter);
                room -= bytes;
            } else {
                leftOut++;
            }
        }
        return data.append(leftOut == 0 ? "]" : " left_out=\"" + leftOut + "\"]")
                .toString();
    }

    private static Map<String, String> fields(LogEvent event) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("namespace", oneLine(event.namespace()));
        fields.put("level", event.level().label());
        if (event.hasSystem()) {
            fields.put("system", oneLine(event.system()));
        }
        String text = event.text();
        event.fieldTexts().forEach((key, value) -> {
            if (!value.equals(text)) { // what came from another log has its text as a value
                fields.putIfAbsent(key, value);
            }
        });
        return fields;
    }

    /// A name without control characters (G10); the texts of fields are escaped already.
    private static String oneLine(String name) {
        return name.chars().noneMatch(Character::isISOControl)
                ? name
                : name.codePoints()
                        .map(c -> Character.isISOControl(c) ? '_' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    /// The text behind a space; with the mark of UTF-8 before it where there is more than ASCII (§6.4).
    private void appendText(ByteArrayOutputStream message, String text) {
        byte[] bytes = utf8(text);
        message.write(' ');
        if (bytes.length != text.length()) {
            message.writeBytes(BOM);
        }
        int room = Math.max(0, options.messageMaxBytes() - message.size());
        message.write(bytes, 0, wholeCharacters(bytes, room));
    }

    /// How many of the first `max` bytes make whole characters.
    static int wholeCharacters(byte[] utf8, int max) {
        if (utf8.length <= max) {
            return utf8.length;
        }
        int end = max;
        while (end > 0 && (utf8[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }

    /// A field of the header: visible ASCII only (§6, PRINTUSASCII).
    private static String header(String text, int maxChars) {
        return text.isEmpty() ? NIL : visible(text, maxChars, "");
    }

    /// A name within structured data (§6.3.3, SD-NAME).
    private static String sdName(String text) {
        return text.isEmpty() ? "_" : visible(text, SD_NAME_MAX_CHARS, "= ]\"");
    }

    private static String visible(String text, int maxChars, String forbidden) {
        var out = new StringBuilder();
        for (int at = 0; at < Math.min(text.length(), maxChars); at++) {
            char c = text.charAt(at);
            out.append(c > ' ' && c < 0x7f && forbidden.indexOf(c) < 0 ? c : '_');
        }
        return out.toString();
    }

    /// A value within structured data (§6.3.3).
    private static String sdValue(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
