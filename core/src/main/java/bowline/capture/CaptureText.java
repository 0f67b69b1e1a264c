package bowline.capture;

import bowline.capture.CaptureEvent.Kind;
import bowline.capture.CapturedConnection.Dropped;
import bowline.protocol.Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// A captured connection as text; the format is described in the map of this package.
final class CaptureText {
    private static final String VERSION = "bowline-capture 1";
    private static final int HEX = 16;

    private CaptureText() {}

    // Writing

    /// The connection in at most so many characters, all of them ASCII: the oldest events are left out.
    static String text(CapturedConnection connection, int maxChars) {
        List<CaptureEvent> events = connection.events();
        int room = maxChars
                - head(connection, new Dropped(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))
                        .length();
        int first = events.size();
        var lines = new ArrayList<String>();
        while (first > 0) {
            String line = line(events.get(first - 1)) + "\n";
            if (line.length() > room) {
                break;
            }
            room -= line.length();
            lines.add(line);
            first--;
        }
        var text = new StringBuilder(head(connection, more(connection.dropped(), events.subList(0, first))));
        lines.reversed().forEach(text::append);
        return text.toString();
    }

    private static Dropped more(Dropped dropped, List<CaptureEvent> leftOut) {
        long received = dropped.received();
        long written = dropped.written();
        for (CaptureEvent event : leftOut) {
            switch (event.kind()) {
                case RECEIVED -> received += event.length();
                case WRITTEN -> written += event.length();
                case FILE -> written += event.number();
                default -> {}
            }
        }
        return new Dropped(dropped.events() + leftOut.size(), received, written);
    }

    private static String head(CapturedConnection connection, Dropped dropped) {
        return VERSION + "\nprotocol " + quoted(connection.protocol()) + "\nopened " + connection.opened() + "\nhost "
                + address(connection.host()) + "\npeer " + address(connection.peer()) + "\ndropped "
                + dropped.events() + " " + dropped.received() + " " + dropped.written() + "\n";
    }

    static String line(CaptureEvent event) {
        var line = new StringBuilder(32 + event.length());
        line.append(event.nanos()).append(' ').append(event.kind());
        if (event.kind().hasNumber()) {
            line.append(' ').append(event.number());
        }
        if (event.kind().hasBytes()) {
            line.append(" \"");
            for (int i = 0; i < event.length(); i++) {
                if (event.isMasked(i)) {
                    line.append("\\*");
                } else {
                    escape(event.byteAt(i), line);
                }
            }
            line.append('"');
        }
        if (event.kind().hasText()) {
            line.append(' ').append(quoted(event.text()));
        }
        return line.toString();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            escape(next, quoted);
        }
        return quoted.append('"').toString();
    }

    private static void escape(byte next, StringBuilder to) {
        switch (next) {
            case '"' -> to.append("\\\"");
            case '\\' -> to.append("\\\\");
            case '\r' -> to.append("\\r");
            case '\n' -> to.append("\\n");
            case '\t' -> to.append("\\t");
            default -> {
                if (next >= ' ' && next < 0x7F) {
                    to.append((char) next);
                } else {
                    to.append("\\x")
                            .append(Character.forDigit(next >> 4 & 0xF, HEX))
                            .append(Character.forDigit(next & 0xF, HEX));
                }
            }
        }
    }

    private static String address(Address address) {
        return switch (address) {
            case Address.IPv4 four -> "tcp " + four.host() + " " + four.port();
            case Address.IPv6 six ->
                "tcp6 " + six.host() + " " + six.port() + " " + six.flowInfo() + " " + six.scopeId();
            case Address.Hostname name -> "name " + quoted(name.host()) + " " + name.port();
            case Address.Unix unix -> unix.path() == null ? "unix" : "unix " + quoted(unix.path());
            case Address.Pipe pipe -> "pipe";
            case Address.Device device -> "device " + quoted(device.name());
            case Address.ChildProcess child -> "process " + child.pid();
        };
    }

    // Reading

    static CapturedConnection read(String name, String text) throws IOException {
        return new Reader(name, text).read();
    }

    /// Takes a text apart; every mistake of it names the line.
    private static final class Reader {
        private final String name;
        private final String[] lines;
        private int number;
        private String line = "";
        private int at;

        Reader(String name, String text) {
            this.name = name;
            lines = text.split("\n", -1);
        }

        CapturedConnection read() throws IOException {
            next();
            if (!line.equals(VERSION)) {
                throw wrong("begins with \"" + VERSION + "\"");
            }
            next("protocol");
            String protocol = text();
            next("opened");
            Instant opened = instant();
            next("host");
            Address host = address();
            next("peer");
            Address peer = address();
            next("dropped");
            var dropped = new Dropped(number(), number(), number());
            var events = new ArrayList<CaptureEvent>();
            while (number < lines.length && !(number == lines.length - 1 && lines[number].isEmpty())) {
                next();
                events.add(event());
            }
            return new CapturedConnection(protocol, opened, host, peer, dropped, events);
        }

        private void next() throws IOException {
            if (number == lines.length) {
                throw wrong("has more lines");
            }
            line = lines[number++];
            at = 0;
        }

        private void next(String key) throws IOException {
            next();
            if (!word().equals(key)) {
                throw wrong("has a line \"" + key + " …\" here");
            }
        }

        private IOException wrong(String what) {
            return new IOException(name + ":" + number + ": a capture " + what + "; this is none, or it is damaged");
        }

        private boolean hasMore() {
            return at < line.length();
        }

        private String word() throws IOException {
            int end = line.indexOf(' ', at);
            String word = line.substring(at, end < 0 ? line.length() : end);
            at = end < 0 ? line.length() : end + 1;
            if (word.isEmpty()) {
                throw wrong("has one more word here");
            }
            return word;
        }

        private long number() throws IOException {
            try {
                long value = Long.parseLong(word());
                if (value >= 0) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // told below
            }
            throw wrong("has a number from 0 on here");
        }

        private int smallNumber() throws IOException {
            long value = number();
            if (value > Integer.MAX_VALUE) {
                throw wrong("has a number up to " + Integer.MAX_VALUE + " here");
            }
            return (int) value;
        }

        private Instant instant() throws IOException {
            try {
                return Instant.parse(word());
            } catch (DateTimeParseException notATime) {
                throw wrong("has a time like 2026-03-01T12:00:00Z here");
            }
        }

        private Address address() throws IOException {
            return switch (word()) {
                case "tcp" -> new Address.IPv4(Address.Carrier.TCP, word(), smallNumber());
                case "tcp6" ->
                    new Address.IPv6(Address.Carrier.TCP, word(), smallNumber(), smallNumber(), smallNumber());
                case "name" -> new Address.Hostname(text(), smallNumber());
                case "unix" -> new Address.Unix(hasMore() ? text() : null);
                case "pipe" -> new Address.Pipe();
                case "device" -> new Address.Device(text());
                case "process" -> new Address.ChildProcess(number());
                default -> throw wrong("has an address of a known kind here");
            };
        }

        private CaptureEvent event() throws IOException {
            long nanos = number();
            Kind kind = kind(word());
            long value = kind.hasNumber() ? number() : 0;
            var masked = new BitSet();
            byte[] bytes = kind.hasBytes() ? quoted(masked) : new byte[0];
            String text = kind.hasText() ? text() : "";
            if (hasMore()) {
                throw wrong("has nothing behind that");
            }
            return new CaptureEvent(kind, nanos, value, bytes, masked, text);
        }

        private Kind kind(String word) throws IOException {
            try {
                return Kind.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
            } catch (IllegalArgumentException unknown) {
                throw wrong("has no event \"" + word + "\"");
            }
        }

        private String text() throws IOException {
            return new String(quoted(new BitSet()), StandardCharsets.UTF_8);
        }

        private byte[] quoted(BitSet masked) throws IOException {
            expect('"');
            var bytes = new ByteArrayOutputStream();
            while (hasMore() && line.charAt(at) != '"') {
                char next = line.charAt(at++);
                if (next != '\\') {
                    bytes.write(next);
                } else if (hasMore() && line.charAt(at) == '*') {
                    at++;
                    masked.set(bytes.size());
                    bytes.write(Masking.COVER);
                } else {
                    bytes.write(escaped());
                }
            }
            expect('"');
            if (hasMore()) {
                expect(' ');
            }
            return bytes.toByteArray();
        }

        private void expect(char wanted) throws IOException {
            if (!hasMore() || line.charAt(at) != wanted) {
                throw wrong("has a '" + wanted + "' at column " + (at + 1));
            }
            at++;
        }

        private int escaped() throws IOException {
            return switch (hasMore() ? line.charAt(at++) : ' ') {
                case '"' -> '"';
                case '\\' -> '\\';
                case 'r' -> '\r';
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'x' -> hex();
                default -> throw wrong("has no such escape, at column " + at);
            };
        }

        private int hex() throws IOException {
            if (at + 2 <= line.length()) {
                int high = Character.digit(line.charAt(at), HEX);
                int low = Character.digit(line.charAt(at + 1), HEX);
                at += 2;
                if (high >= 0 && low >= 0) {
                    return high * HEX + low;
                }
            }
            throw wrong("has two hexadecimal digits behind \\x");
        }
    }
}
