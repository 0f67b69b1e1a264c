package bowline.fuzz;

import bowline.log.LogEvent;
import bowline.log.Logger;
import bowline.log.daemon.SyslogFormat;
import bowline.log.daemon.SyslogOptions;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Messages of syslog (RFC 5424): whatever is logged, one message comes out, which is read as what it was.
final class SyslogTarget {
    private static final SyslogOptions OPTIONS = SyslogOptions.of("fuzz");
    private static final int HEADER_FIELDS = 7;

    private SyslogTarget() {}

    static Target target() {
        return Target.of(
                "syslog",
                "what is logged, as messages of syslog (L1, G10)",
                SyslogTarget::log,
                "plain",
                "a\nb\r\n<30>1 - - - - - -",
                "\u001b[2J]\"\\=\u00ff");
    }

    private static void log(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (int max : List.of(SyslogOptions.MESSAGE_LEAST_BYTES, SyslogOptions.DATAGRAM_MAX_BYTES)) {
            for (boolean oneLine : List.of(true, false)) {
                var format = new SyslogFormat(OPTIONS.withMessageMaxBytes(max), oneLine);
                check(format.write(event(text)), max, oneLine);
            }
        }
    }

    /// The text as the value of a key, and as a key.
    private static LogEvent event(String text) {
        var events = new ArrayList<LogEvent>();
        Logger.of("fuzz." + text).to(events::add).with("key " + text, text).info("heard {it}", text);
        return events.getFirst();
    }

    private static void check(byte[] message, int max, boolean oneLine) {
        if (message.length > max) {
            throw new BrokenRule("L1: a message of " + message.length + " bytes, the limit being " + max);
        }
        String text = decoded(message);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\t' && (c != '\n' || oneLine)) {
                throw new BrokenRule("G10: character " + (int) c + " in " + text);
            }
        }
        readBack(text);
    }

    private static String decoded(byte[] message) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message))
                    .toString();
        } catch (CharacterCodingException cut) {
            throw new BrokenRule("L1: a message is not UTF-8", cut);
        }
    }

    /// Header, structured data, text (RFC 5424 §6).
    private static void readBack(String message) {
        String[] fields = message.split(" ", HEADER_FIELDS);
        if (fields.length < HEADER_FIELDS || !fields[0].equals("<30>1")) {
            throw new BrokenRule("L1: no header in " + message);
        }
        String rest = fields[HEADER_FIELDS - 1];
        int end = rest.startsWith("-") ? 1 : endOfData(rest);
        if (end < 0 || (end < rest.length() && rest.charAt(end) != ' ')) {
            throw new BrokenRule("L1: no structured data in " + message);
        }
    }

    private static int endOfData(String data) {
        boolean quoted = false;
        for (int i = 0; i < data.length(); i++) {
            switch (data.charAt(i)) {
                case '\\' -> i += quoted ? 1 : 0;
                case '"' -> quoted = !quoted;
                case ']' -> {
                    if (!quoted) {
                        return i + 1;
                    }
                }
                default -> {
                    // a name or a value
                }
            }
        }
        return -1;
    }
}
