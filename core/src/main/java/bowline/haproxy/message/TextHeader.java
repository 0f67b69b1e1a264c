package bowline.haproxy.message;

import bowline.bytes.Ascii;
import bowline.bytes.ByteSink;
import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Version 1: `PROXY TCP4 192.0.2.7 198.51.100.1 56324 443` and CR LF (HAP-2; PROXY protocol §2.1).
final class TextHeader {
    static final byte[] SIGNATURE = Ascii.bytes("PROXY ");

    /// The longest line, its end included.
    static final int LINE_MAX_BYTES = 107;

    private static final String SOURCE = "PROXY protocol version 1, §2.1";
    private static final String UNKNOWN = "UNKNOWN";
    private static final int FIELDS = 6;
    private static final int PORT_MAX = 65_535;
    private static final int PORT_DIGITS = 5;

    private TextHeader() {}

    static @Nullable ProxyHeader read(ByteBuffer unread) {
        int start = unread.position();
        int end = Math.min(unread.limit(), start + LINE_MAX_BYTES);
        int lineFeed = Ascii.indexOf(unread, (byte) '\n', start, end);
        if (lineFeed < 0) {
            if (unread.remaining() >= LINE_MAX_BYTES) {
                throw violation("header does not end within " + LINE_MAX_BYTES + " bytes");
            }
            return null;
        }
        String line = Ascii.text(unread.slice(start, lineFeed - start));
        if (!line.endsWith("\r")) {
            throw violation("header " + quoted(line) + " ends in a bare LF");
        }
        ProxyHeader header = parse(line.substring(0, line.length() - 1));
        unread.position(lineFeed + 1);
        return header;
    }

    private static ProxyHeader parse(String line) {
        List<String> fields = fields(line);
        String family = fields.get(1);
        if (family.equals(UNKNOWN)) {
            return ProxyHeader.unknown(1); // whatever else the line says (§2.1)
        }
        if (fields.size() != FIELDS || !(family.equals("TCP4") || family.equals("TCP6"))) {
            throw violation("header " + quoted(line) + " is not PROXY, TCP4 or TCP6, two addresses and two ports");
        }
        ProxyAddress source = address(family, fields.get(2), port(fields.get(4)));
        ProxyAddress destination = address(family, fields.get(3), port(fields.get(5)));
        return ProxyHeader.of(1, source, destination);
    }

    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        int start = 0;
        for (int space = line.indexOf(' '); space >= 0; space = line.indexOf(' ', start)) {
            fields.add(line.substring(start, space));
            start = space + 1;
        }
        fields.add(line.substring(start));
        return fields;
    }

    private static ProxyAddress address(String family, String text, int port) {
        ProxyAddress address = family.equals("TCP4") ? IpText.v4(text, port) : IpText.v6(text, port);
        if (address == null) {
            throw violation(quoted(text) + " is no address of " + family);
        }
        return address;
    }

    private static int port(String text) {
        boolean digits = !text.isEmpty()
                && text.length() <= PORT_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        int port = digits ? Integer.parseInt(text) : -1;
        if (port < 0 || port > PORT_MAX) {
            throw violation(quoted(text) + " is no port number");
        }
        return port;
    }

    private static PeerViolation violation(String what) {
        return new PeerViolation(what, SOURCE);
    }

    private static String quoted(String text) {
        return Ascii.quote(text, LINE_MAX_BYTES);
    }

    static void write(ProxyHeader header, ByteSink sink) {
        sink.write(Ascii.bytes("PROXY " + said(header) + "\r\n"));
    }

    private static String said(ProxyHeader header) {
        if (header.source() instanceof ProxyAddress.V4 from && header.destination() instanceof ProxyAddress.V4 to) {
            return "TCP4 " + IpText.text(from) + " " + IpText.text(to) + " " + from.port() + " " + to.port();
        }
        if (header.source() instanceof ProxyAddress.V6 from && header.destination() instanceof ProxyAddress.V6 to) {
            return "TCP6 " + IpText.text(from) + " " + IpText.text(to) + " " + from.port() + " " + to.port();
        }
        return UNKNOWN;
    }
}
