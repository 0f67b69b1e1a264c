package bowline.socks.message;

import bowline.bytes.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What client and server of SOCKS say to each other, up to the point where the bytes are the program's own.
public sealed interface SocksMessage {
    /// SOCKS 4 and 4a.
    int VERSION_4 = 4;
    /// SOCKS 5 (RFC 1928).
    int VERSION_5 = 5;

    /// What a client asks for.
    enum Command {
        /// Connect me to that address.
        CONNECT(1),
        /// Open a port and tell me which; connect me to the first who comes from that address.
        BIND(2),
        /// Pass my datagrams on (SOCKS 5 only).
        UDP_ASSOCIATE(3);

        private final int number;

        Command(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /// How the client may prove who it is (RFC 1928 §3); other numbers exist.
    final class Method {
        /// Not at all.
        public static final int NONE = 0;
        /// By name and password (RFC 1929).
        public static final int PASSWORD = 2;
        /// None of those that were offered will do.
        public static final int NO_ACCEPTABLE = 0xFF;

        private Method() {}
    }

    /// SOCKS 5, client: the ways in which it can prove who it is.
    ///
    /// @param methods 1 to 255 numbers from 0 to 254, see [Method]
    record Greeting(List<Integer> methods) implements SocksMessage {
        /// Checks and copies the numbers.
        public Greeting {
            methods = List.copyOf(methods);
            if (methods.isEmpty() || methods.size() > 255 || methods.stream().anyMatch(m -> m < 0 || m > 254)) {
                throw new IllegalArgumentException("a greeting has 1 to 255 methods from 0 to 254, not " + methods);
            }
        }
    }

    /// SOCKS 5, server: the way it has chosen.
    record MethodChoice(int method) implements SocksMessage {}

    /// SOCKS 5, client: name and password (RFC 1929 §2), each 1 to 255 bytes of UTF-8.
    record Login(String user, String password) implements SocksMessage {
        private static final int SHOWN_MAX_CHARS = 64;

        /// Checks the lengths.
        ///
        /// @throws IllegalArgumentException if one cannot be sent; the password is not told
        public Login {
            check(user, "a user name");
            check(password, "a password");
        }

        private static void check(String text, String what) {
            int bytes = text.getBytes(StandardCharsets.UTF_8).length;
            if (bytes < 1 || bytes > 255) {
                throw new IllegalArgumentException(what + " of " + bytes + " bytes; RFC 1929 can say 1 to 255");
            }
        }

        /// Without the password.
        @Override
        public String toString() {
            return "Login[user=" + Ascii.quote(user, SHOWN_MAX_CHARS) + "]";
        }
    }

    /// SOCKS 5, server: whether that was right.
    record LoginAnswer(boolean accepted) implements SocksMessage {}

    /// Client: what it wants.
    ///
    /// @param version 4 or 5
    /// @param destination with a host of four octets or a name for version 4
    /// @param user who the client says it is; SOCKS 4 only, else empty, and nobody has checked it
    record Request(int version, Command command, SocksAddress destination, String user) implements SocksMessage {
        /// The longest user name of SOCKS 4, in bytes: a limit of ours.
        public static final int USER_MAX_BYTES = 255;

        /// Checks that the version can say it.
        public Request {
            checkVersion(version);
            if (version == VERSION_5 ? !user.isEmpty() : !four(command, destination.host())) {
                throw new IllegalArgumentException("SOCKS " + version + " cannot say " + command + " " + destination
                        + (user.isEmpty() ? "" : " with a user"));
            }
            if (user.getBytes(StandardCharsets.UTF_8).length > USER_MAX_BYTES || user.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "a SOCKS 4 user name has at most " + USER_MAX_BYTES + " bytes and no NUL");
            }
        }

        /// Whether SOCKS 4 can say it. There 0.0.0.x is no address but the sign that a name follows.
        private static boolean four(Command command, SocksHost host) {
            return command != Command.UDP_ASSOCIATE
                    && switch (host) {
                        case SocksHost.V4(int bits) -> bits == 0 || bits >>> 8 != 0;
                        case SocksHost.V6 _ -> false;
                        case SocksHost.Name _ -> true;
                    };
        }
    }

    /// Server: how it went.
    ///
    /// @param version that of the request
    /// @param code its number in that version
    /// @param bound where the server connects from or listens, or who has come
    record Reply(int version, int code, SocksAddress bound) implements SocksMessage {
        /// Checks the version and the code.
        public Reply {
            checkVersion(version);
            if (code < 0 || code > 255) {
                throw new IllegalArgumentException("reply code " + code + " is not between 0 and 255");
            }
        }

        /// An answer in the words of that version.
        public static Reply of(int version, ReplyCode code, SocksAddress bound) {
            return new Reply(version, code.in(version), bound);
        }

        /// Whether the request was granted.
        public boolean granted() {
            return code == ReplyCode.SUCCEEDED.in(version);
        }

        /// The code in words.
        public String meaning() {
            return ReplyCode.meaning(version, code);
        }
    }

    private static void checkVersion(int version) {
        if (version != VERSION_4 && version != VERSION_5) {
            throw new IllegalArgumentException("there is no SOCKS " + version + ", only 4 and 5");
        }
    }
}
