package bowline.tls.jsse;

import bowline.tls.engine.TlsAlert;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells the beginning of TLS from that of other things, of which plain HTTP is the most usual.
final class FirstBytes {

    private static final int SHOWN_BYTES = 5;
    private static final byte ALERT = 21;
    private static final byte HANDSHAKE = 22;

    /// A header, a level, a number.
    private static final int CLEAR_ALERT_BYTES = 7;

    /// How requests and answers of HTTP begin.
    private static final Set<String> HTTP = Set.of(
            "GET /", "GET h", "HEAD ", "POST ", "PUT /", "DELET", "OPTIO", "CONNE", "PATCH", "TRACE", "PRI *", "HTTP/");

    private FirstBytes() {}

    /// Whether a peer that speaks TLS may begin like this: with a handshake message, or with an alert.
    ///
    /// @param records five bytes at least
    static boolean mayBeTls(ByteBuffer records) {
        byte type = records.get(records.position());
        byte major = records.get(records.position() + 1);
        return (type == HANDSHAKE || type == ALERT) && major == 3;
    }

    /// The alert that the next record is, if nothing in it is enciphered; null if it is none.
    static @Nullable TlsAlert alertInClear(ByteBuffer records) {
        int at = records.position();
        if (records.remaining() < CLEAR_ALERT_BYTES || records.get(at) != ALERT || records.getShort(at + 3) != 2) {
            return null;
        }
        return TlsAlert.of(Byte.toUnsignedInt(records.get(at + CLEAR_ALERT_BYTES - 1)))
                .orElse(null);
    }

    /// What to say of it if not.
    static String complaint(ByteBuffer records, JsseEngine.Side side) {
        byte[] first = new byte[SHOWN_BYTES];
        records.get(records.position(), first);
        String text = new String(first, StandardCharsets.ISO_8859_1);
        if (HTTP.contains(text)) {
            return side == JsseEngine.Side.SERVER
                    ? "the client speaks plain HTTP, but this port is for TLS; it should use https://"
                    : "the server answers in plain HTTP: its port is not for TLS; use http:// or another port";
        }
        return "the peer does not speak TLS: it begins with \"" + escaped(first)
                + "\"; its port may want no TLS, or STARTTLS first";
    }

    private static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            if (each >= 0x20 && each < 0x7F && each != '"' && each != '\\') {
                text.append((char) each);
            } else {
                text.append("\\x")
                        .append(Character.forDigit((each >> 4) & 0xF, 16))
                        .append(Character.forDigit(each & 0xF, 16));
            }
        }
        return text.toString();
    }
}
