package bowline.socks.message;

import bowline.bytes.Ascii;
import bowline.bytes.ByteSink;
import bowline.machine.Machine;
import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The client's side of HTTP's CONNECT (RFC 9110 §9.3.6): one request, one head of an answer, and then the bytes
/// are the program's. It reads no more of HTTP than that: fields are checked for their form and passed over, and an
/// answer that is not 2xx ends the conversation. Pure: no socket, clock or thread.
///
/// Interim answers (1xx) are passed over. A head, together with those before it, has at most [#HEAD_MAX_BYTES]
/// bytes and [#LINES_MAX] lines (G2).
public final class ConnectMachine implements Machine<ConnectMachine.Message> {
    /// The longest head of an answer, in bytes.
    public static final int HEAD_MAX_BYTES = 16_384;

    /// Most lines of a head.
    public static final int LINES_MAX = 128;

    private static final String SOURCE = "HTTP/1.1 answer to CONNECT, RFC 9112 §2";
    private static final int SHOWN = 60;
    private static final int STATUS_AT = 9;
    private static final int STATUS_END = 12;

    /// What is said.
    public sealed interface Message {}

    /// Client: connect me to that address, and let me in because I am this user.
    ///
    /// @param user null: nobody is named; else a name without colon (RFC 7617 §2)
    /// @param password the user's; sent as Base64, which hides nothing
    public record Request(
            SocksAddress destination, @Nullable String user, String password) implements Message {
        /// Checks that the user can be sent.
        public Request {
            boolean sendable = user == null || (user.indexOf(':') < 0 && plain(user) && plain(password));
            if (!sendable) {
                throw new IllegalArgumentException(
                        "a user name with a colon, or a control character in it or in the password; RFC 7617 §2");
            }
        }

        private static boolean plain(String text) {
            return text.chars().noneMatch(Character::isISOControl);
        }

        /// Without the password.
        @Override
        public String toString() {
            return "CONNECT " + destination;
        }
    }

    /// Proxy: how it went.
    ///
    /// @param status 200 to 599
    /// @param reason in the proxy's words; may be empty
    public record Answer(int status, String reason) implements Message {
        /// Whether the connection is there: any 2xx (RFC 9110 §9.3.6).
        public boolean granted() {
            return status / 100 == 2;
        }
    }

    private enum Phase {
        REQUEST,
        STATUS_LINE,
        FIELDS,
        DONE
    }

    private Phase phase = Phase.REQUEST;
    private int status;
    private String reason = "";
    private int searched;
    private int headBytes;
    private int lines;

    /// A client that has not asked yet.
    public ConnectMachine() {}

    @Override
    public void send(Message message, ByteSink sink) {
        if (!(message instanceof Request request)) {
            throw new IllegalArgumentException("a client of a proxy never sends " + message);
        }
        if (phase != Phase.REQUEST) {
            throw new IllegalStateException("a request has no place in phase " + phase);
        }
        phase = Phase.STATUS_LINE;
        String authority = request.destination().toString();
        var head = new StringBuilder("CONNECT ")
                .append(authority)
                .append(" HTTP/1.1\r\nHost: ")
                .append(authority);
        if (request.user() != null) {
            byte[] pair = (request.user() + ":" + request.password()).getBytes(StandardCharsets.UTF_8);
            head.append("\r\nProxy-Authorization: Basic ")
                    .append(Base64.getEncoder().encodeToString(pair));
        }
        sink.write(Ascii.bytes(head.append("\r\n\r\n").toString()));
    }

    /// The proxy's answer, or null when its head is not all there. What comes behind it is left unread.
    ///
    /// @throws PeerViolation if these bytes are no such head
    @Override
    public @Nullable Message next(ByteBuffer unread) {
        while (phase == Phase.STATUS_LINE || phase == Phase.FIELDS) {
            String line = takeLine(unread);
            if (line == null) {
                return null;
            }
            if (phase == Phase.STATUS_LINE) {
                readStatus(line);
                phase = Phase.FIELDS;
            } else if (!line.isEmpty()) {
                checkField(line);
            } else if (status / 100 == 1) {
                phase = Phase.STATUS_LINE;
            } else {
                phase = Phase.DONE;
                return new Answer(status, reason);
            }
        }
        return null;
    }

    /// The next line without its end; how far it was searched is remembered (G7).
    private @Nullable String takeLine(ByteBuffer unread) {
        int start = unread.position();
        int allowed = HEAD_MAX_BYTES - headBytes;
        int to = Math.min(unread.limit(), start + allowed);
        int end = Ascii.indexOf(unread, (byte) '\n', start + searched, to);
        if (end < 0) {
            searched = to - start;
            if (searched == allowed) {
                throw new PeerViolation("a head is longer than " + HEAD_MAX_BYTES + " bytes", SOURCE);
            }
            return null;
        }
        if (++lines > LINES_MAX) {
            throw new PeerViolation("a head has more than " + LINES_MAX + " lines", SOURCE);
        }
        searched = 0;
        headBytes += end + 1 - start;
        if (end == start || unread.get(end - 1) != '\r') {
            throw new PeerViolation("a line of a head ends in a bare line feed", SOURCE);
        }
        String line = Ascii.text(unread.slice(start, end - 1 - start));
        if (!line.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7F))) {
            throw new PeerViolation("a line of a head has control characters: " + Ascii.quote(line, SHOWN), SOURCE);
        }
        unread.position(end + 1);
        return line;
    }

    /// `HTTP/1.1 200 reason`; the space before an empty reason is often left out.
    private void readStatus(String line) {
        boolean ok = line.length() >= STATUS_END
                && line.startsWith("HTTP/1.")
                && digit(line.charAt(7))
                && line.charAt(8) == ' '
                && line.substring(STATUS_AT, STATUS_END).chars().allMatch(c -> digit((char) c))
                && line.charAt(STATUS_AT) >= '1'
                && line.charAt(STATUS_AT) <= '5'
                && (line.length() == STATUS_END || line.charAt(STATUS_END) == ' ');
        if (!ok) {
            throw new PeerViolation("no status line: " + Ascii.quote(line, SHOWN), SOURCE);
        }
        status = Integer.parseInt(line.substring(STATUS_AT, STATUS_END));
        reason = line.substring(Math.min(line.length(), STATUS_END + 1));
        if (status == 101) {
            throw new PeerViolation("the proxy switches protocols, which nobody asked for", SOURCE);
        }
    }

    private static void checkField(String line) {
        int colon = line.indexOf(':');
        if (colon < 1 || line.substring(0, colon).chars().anyMatch(c -> c <= ' ')) {
            throw new PeerViolation("no field line: " + Ascii.quote(line, SHOWN), SOURCE);
        }
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
