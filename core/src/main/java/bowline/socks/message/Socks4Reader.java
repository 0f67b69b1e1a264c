package bowline.socks.message;

import bowline.bytes.Ascii;
import bowline.socks.message.SocksMessage.Command;
import bowline.socks.message.SocksMessage.Request;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads one request of SOCKS 4 or 4a (SOC-1): version, command, port, address, user, NUL; and if the address is
/// 0.0.0.x
/// with an x, a host name, NUL. Nothing is taken before all of it is there; how far the two texts were searched
/// for their ends is remembered (G7).
final class Socks4Reader {
    static final String SOURCE = "SOCKS 4, rule SOC-1";
    private static final int FIXED_BYTES = 8;
    private static final int NOT_FOUND = -1;

    private int searched;
    private int userEnd = NOT_FOUND;

    @Nullable
    Request next(ByteBuffer unread) {
        int at = unread.position();
        if (unread.remaining() > 1) {
            command(unread.get(at + 1));
        }
        if (unread.remaining() < FIXED_BYTES) {
            return null;
        }
        if (userEnd == NOT_FOUND) {
            userEnd = findEnd(unread, FIXED_BYTES, Request.USER_MAX_BYTES, "the user name");
            if (userEnd == NOT_FOUND) {
                return null;
            }
            searched = 0;
        }
        int bits = unread.getInt(at + 4);
        boolean named = bits != 0 && bits >>> 8 == 0;
        int end = userEnd;
        SocksHost host = new SocksHost.V4(bits);
        if (named) {
            end = findEnd(unread, userEnd + 1, SocksHost.Name.MAX_BYTES, "the host name");
            if (end == NOT_FOUND) {
                return null;
            }
            host = name(unread.slice(at + userEnd + 1, end - userEnd - 1));
        }
        String user = user(unread.slice(at + FIXED_BYTES, userEnd - FIXED_BYTES));
        Command command = command(unread.get(at + 1));
        int port = unread.getShort(at + 2) & 0xFFFF;
        unread.position(at + end + 1);
        return new Request(SocksMessage.VERSION_4, command, new SocksAddress(host, port), user);
    }

    private static Command command(byte number) {
        return switch (number) {
            case 1 -> Command.CONNECT;
            case 2 -> Command.BIND;
            default -> throw violation("a request has the command " + (number & 0xFF) + ", which is neither 1 nor 2");
        };
    }

    /// The offset of the NUL behind the text that begins at offset `start`, or -1 if it is not there yet.
    private int findEnd(ByteBuffer unread, int start, int maxBytes, String what) {
        int at = unread.position();
        int from = Math.max(start, searched);
        int to = Math.min(unread.remaining(), start + maxBytes + 1);
        int found = Ascii.indexOf(unread, (byte) 0, at + from, at + to);
        if (found >= 0) {
            return found - at;
        }
        if (to == start + maxBytes + 1) {
            throw violation(what + " is longer than " + maxBytes + " bytes");
        }
        searched = to;
        return NOT_FOUND;
    }

    private static SocksHost name(ByteBuffer bytes) {
        if (!bytes.hasRemaining()) {
            throw violation("the host name is empty");
        }
        return Names.read(bytes, "SOCKS 4a, rule SOC-1");
    }

    private static String user(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw violation("the user name is not UTF-8");
        }
    }

    private static SocksViolation violation(String what) {
        return new SocksViolation(what, SOURCE, ReplyCode.GENERAL_FAILURE);
    }
}
