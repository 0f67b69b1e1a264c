package bowline.socks.message;

import bowline.machine.PeerViolation;
import bowline.socks.message.SocksMessage.Reply;
import bowline.socks.message.SocksMessage.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What is written in SOCKS 4 and 4a, and the reply as it is read (SOC-1).
final class Socks4Wire {
    private static final int REPLY_BYTES = 8;

    /// Not an address: it says that a host name follows (4a).
    private static final int NAME_FOLLOWS = 1;

    private Socks4Wire() {}

    static byte[] request(Request request) {
        byte[] user = request.user().getBytes(StandardCharsets.UTF_8);
        byte[] name = request.destination().host() instanceof SocksHost.Name host ? Names.bytes(host) : new byte[0];
        int bits = request.destination().host() instanceof SocksHost.V4 v4 ? v4.bits() : NAME_FOLLOWS;
        ByteBuffer bytes = ByteBuffer.allocate(REPLY_BYTES + user.length + 1 + (name.length > 0 ? name.length + 1 : 0))
                .put((byte) SocksMessage.VERSION_4)
                .put((byte) request.command().number())
                .putShort((short) request.destination().port())
                .putInt(bits)
                .put(user)
                .put((byte) 0);
        if (name.length > 0) {
            bytes.put(name).put((byte) 0);
        }
        return bytes.array();
    }

    /// Addresses of IPv6 and names have no place in it: 0.0.0.0 stands for them.
    static byte[] reply(Reply reply) {
        int bits = reply.bound().host() instanceof SocksHost.V4 v4 ? v4.bits() : 0;
        return ByteBuffer.allocate(REPLY_BYTES)
                .put((byte) 0)
                .put((byte) reply.code())
                .putShort((short) reply.bound().port())
                .putInt(bits)
                .array();
    }

    static @Nullable Reply readReply(ByteBuffer unread) {
        int at = unread.position();
        if (unread.hasRemaining() && unread.get(at) != 0) {
            throw new PeerViolation(
                    "a reply begins with the byte " + (unread.get(at) & 0xFF) + ", not 0", Socks4Reader.SOURCE);
        }
        if (unread.remaining() < REPLY_BYTES) {
            return null;
        }
        var bound = new SocksAddress(new SocksHost.V4(unread.getInt(at + 4)), unread.getShort(at + 2) & 0xFFFF);
        unread.position(at + REPLY_BYTES);
        return new Reply(SocksMessage.VERSION_4, unread.get(at + 1) & 0xFF, bound);
    }
}
