package bowline.openssl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a peer's first bytes are that are no TLS. The library must not see them: it takes some for a hello of SSL 2.
final class NotTls {
    private static final byte ALERT = 21;
    private static final byte HANDSHAKE = 22;
    private static final int MAJOR_VERSION = 3;

    /// How requests and answers of HTTP begin, as far as the header of a record is long.
    private static final List<String> HTTP =
            List.of("GET /", "HEAD ", "POST ", "PUT /", "DELET", "OPTIO", "PATCH", "TRACE", "CONNE", "PRI *", "HTTP/");

    private NotTls() {}

    /// Whether a connection begins like this that is none of TLS.
    ///
    /// @param records as many bytes as the header of a record has, at least
    static boolean isIt(ByteBuffer records) {
        byte type = records.get(records.position());
        return (type != HANDSHAKE && type != ALERT) || records.get(records.position() + 1) != MAJOR_VERSION;
    }

    /// What it is instead, and what to do about it.
    static String words(ByteBuffer records, boolean fromServer) {
        var first = new byte[Records.HEADER_BYTES];
        records.get(records.position(), first);
        if (HTTP.contains(new String(first, StandardCharsets.ISO_8859_1))) {
            return fromServer
                    ? "the server answers in plain HTTP, so this port of it is none for TLS; take another, or http://"
                    : "the client speaks plain HTTP, and this port is for TLS; its address should begin with https://";
        }
        return "the peer does not speak TLS: its first bytes are \"" + shown(first)
                + "\"; perhaps its port wants STARTTLS first, or no TLS at all";
    }

    private static String shown(byte[] bytes) {
        var text = new StringBuilder();
        for (byte each : bytes) {
            boolean plain = each >= ' ' && each < 0x7F && each != '"' && each != '\\';
            text.append(plain ? String.valueOf((char) each) : "\\x%02x".formatted(each));
        }
        return text.toString();
    }
}
