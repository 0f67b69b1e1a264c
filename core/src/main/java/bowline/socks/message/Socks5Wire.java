package bowline.socks.message;

import bowline.socks.message.SocksMessage.Command;
import bowline.socks.message.SocksMessage.Greeting;
import bowline.socks.message.SocksMessage.Login;
import bowline.socks.message.SocksMessage.Reply;
import bowline.socks.message.SocksMessage.Request;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The messages of SOCKS 5 as bytes. Each `read` takes a whole message or nothing: lengths stand at fixed places, so to
/// look whether all of it is there costs the same for every byte that comes (G7), and at most 513 bytes are waited for.
final class Socks5Wire {
    static final String SOURCE = "SOCKS 5, RFC 1928";
    static final String LOGIN_SOURCE = "SOCKS 5 login, RFC 1929 §2";
    static final int LOGIN_VERSION = 1;

    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int ADDRESS_AT = 3;
    private static final int PORT_BYTES = 2;

    private Socks5Wire() {}

    // Greeting: version, count, methods

    static @Nullable Greeting readGreeting(ByteBuffer unread) {
        int at = unread.position();
        if (unread.remaining() < 2) {
            return null;
        }
        int count = octet(unread, at + 1);
        if (count == 0) {
            throw new SocksViolation("a greeting offers no method", SOURCE + " §3", ReplyCode.GENERAL_FAILURE);
        }
        if (unread.remaining() < 2 + count) {
            return null;
        }
        List<Integer> methods = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int method = octet(unread, at + 2 + i);
            if (method != SocksMessage.Method.NO_ACCEPTABLE) {
                methods.add(method);
            }
        }
        if (methods.isEmpty()) {
            throw new SocksViolation("a greeting offers only 0xff", SOURCE + " §3", ReplyCode.GENERAL_FAILURE);
        }
        unread.position(at + 2 + count);
        return new Greeting(methods);
    }

    static byte[] greeting(Greeting greeting) {
        byte[] bytes = new byte[2 + greeting.methods().size()];
        bytes[0] = SocksMessage.VERSION_5;
        bytes[1] = (byte) greeting.methods().size();
        for (int i = 0; i < greeting.methods().size(); i++) {
            bytes[2 + i] = greeting.methods().get(i).byteValue();
        }
        return bytes;
    }

    // Login: version, length, user, length, password

    static @Nullable Login readLogin(ByteBuffer unread) {
        int at = unread.position();
        if (unread.hasRemaining() && octet(unread, at) != LOGIN_VERSION) {
            throw loginViolation("its version is " + octet(unread, at) + ", not 1");
        }
        if (unread.remaining() < 2) {
            return null;
        }
        int userLength = octet(unread, at + 1);
        if (userLength == 0) {
            throw loginViolation("its user name is empty");
        }
        int passwordAt = at + 2 + userLength;
        if (unread.limit() <= passwordAt) {
            return null;
        }
        int passwordLength = octet(unread, passwordAt);
        if (passwordLength == 0) {
            throw loginViolation("its password is empty");
        }
        int end = passwordAt + 1 + passwordLength;
        if (unread.limit() < end) {
            return null;
        }
        String user = text(unread.slice(at + 2, userLength), "its user name");
        String password = text(unread.slice(passwordAt + 1, passwordLength), "its password");
        unread.position(end);
        return new Login(user, password);
    }

    /// Bytes of the peer as text; what is not UTF-8 could be two different texts after a lenient reading.
    private static String text(ByteBuffer bytes, String what) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw loginViolation(what + " is not UTF-8");
        }
    }

    private static SocksViolation loginViolation(String what) {
        return new SocksViolation("a login is malformed: " + what, LOGIN_SOURCE, ReplyCode.GENERAL_FAILURE);
    }

    static byte[] login(Login login) {
        byte[] user = login.user().getBytes(StandardCharsets.UTF_8);
        byte[] password = login.password().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(3 + user.length + password.length)
                .put((byte) LOGIN_VERSION)
                .put((byte) user.length)
                .put(user)
                .put((byte) password.length)
                .put(password)
                .array();
    }

    // Request and reply: version, command or code, reserved, address

    static @Nullable Request readRequest(ByteBuffer unread) {
        int at = unread.position();
        checkVersion(unread);
        SocksAddress destination = readAddress(unread, at + ADDRESS_AT);
        if (destination == null) {
            return null;
        }
        int number = octet(unread, at + 1);
        for (Command command : Command.values()) {
            if (command.number() == number) {
                return new Request(SocksMessage.VERSION_5, command, destination, "");
            }
        }
        throw new SocksViolation(
                "a request has the command " + number + ", which is none of 1 to 3",
                SOURCE + " §4",
                ReplyCode.COMMAND_NOT_SUPPORTED);
    }

    static @Nullable Reply readReply(ByteBuffer unread) {
        int at = unread.position();
        checkVersion(unread);
        SocksAddress bound = readAddress(unread, at + ADDRESS_AT);
        return bound == null ? null : new Reply(SocksMessage.VERSION_5, octet(unread, at + 1), bound);
    }

    private static void checkVersion(ByteBuffer unread) {
        if (unread.hasRemaining() && octet(unread, unread.position()) != SocksMessage.VERSION_5) {
            throw new SocksViolation(
                    "a message of version " + octet(unread, unread.position()) + " where one of version 5 must be",
                    SOURCE,
                    ReplyCode.GENERAL_FAILURE);
        }
    }

    static byte[] request(Request request) {
        return message(request.command().number(), request.destination());
    }

    static byte[] reply(Reply reply) {
        return message(reply.code(), reply.bound());
    }

    private static byte[] message(int commandOrCode, SocksAddress address) {
        return addressed(new byte[] {SocksMessage.VERSION_5, (byte) commandOrCode, 0}, address);
    }

    // Addresses: type, host, port

    /// The address that begins at index `at`, with the position set behind it; null if not all of it is there, and
    /// then nothing is taken. The reserved octet in front is not looked at: what it holds changes nothing.
    static @Nullable SocksAddress readAddress(ByteBuffer unread, int at) {
        int there = unread.limit() - at;
        if (there < 2) {
            return null;
        }
        int type = octet(unread, at);
        int hostAt = type == NAME ? at + 2 : at + 1;
        int length = hostLength(type, octet(unread, at + 1));
        int portAt = hostAt + length;
        if (unread.limit() < portAt + PORT_BYTES) {
            return null;
        }
        byte[] host = new byte[length];
        unread.get(hostAt, host);
        int port = octet(unread, portAt) << 8 | octet(unread, portAt + 1);
        SocksHost read = switch (type) {
            case IPV4 -> SocksHost.V4.of(host);
            case IPV6 -> SocksHost.V6.of(host);
            default -> Names.read(ByteBuffer.wrap(host), SOURCE + " §5");
        };
        unread.position(portAt + PORT_BYTES);
        return new SocksAddress(read, port);
    }

    private static int hostLength(int type, int next) {
        return switch (type) {
            case IPV4 -> 4;
            case IPV6 -> 16;
            case NAME -> nameLength(next);
            default ->
                throw new SocksViolation(
                        "an address has the type " + type + ", which is none of 1, 3 and 4",
                        SOURCE + " §5",
                        ReplyCode.ADDRESS_TYPE_NOT_SUPPORTED);
        };
    }

    private static int nameLength(int length) {
        if (length == 0) {
            throw new SocksViolation("a host name is empty", SOURCE + " §5", ReplyCode.GENERAL_FAILURE);
        }
        return length;
    }

    /// `head` and then `address`.
    static byte[] addressed(byte[] head, SocksAddress address) {
        byte[] host = switch (address.host()) {
            case SocksHost.V4 v4 -> v4.octets();
            case SocksHost.V6 v6 -> v6.octets();
            case SocksHost.Name name -> Names.bytes(name);
        };
        boolean named = address.host() instanceof SocksHost.Name;
        ByteBuffer bytes = ByteBuffer.allocate(head.length + (named ? 2 : 1) + host.length + PORT_BYTES);
        bytes.put(head).put((byte) type(address.host()));
        if (named) {
            bytes.put((byte) host.length);
        }
        return bytes.put(host).putShort((short) address.port()).array();
    }

    private static int type(SocksHost host) {
        return switch (host) {
            case SocksHost.V4 _ -> IPV4;
            case SocksHost.V6 _ -> IPV6;
            case SocksHost.Name _ -> NAME;
        };
    }

    private static int octet(ByteBuffer bytes, int at) {
        return bytes.get(at) & 0xFF;
    }
}
