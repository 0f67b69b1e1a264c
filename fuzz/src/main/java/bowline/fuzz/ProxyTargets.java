package bowline.fuzz;

import bowline.bytes.Ascii;
import bowline.bytes.ByteQueue;
import bowline.haproxy.message.ProxyHeader;
import bowline.haproxy.message.ProxyHeaderMachine;
import bowline.haproxy.message.ProxyLimits;
import bowline.machine.Machine;
import bowline.machine.PeerViolation;
import bowline.socks.message.ConnectMachine;
import bowline.socks.message.ReplyCode;
import bowline.socks.message.SocksAddress;
import bowline.socks.message.SocksClientMachine;
import bowline.socks.message.SocksDatagram;
import bowline.socks.message.SocksHost;
import bowline.socks.message.SocksMessage;
import bowline.socks.message.SocksMessage.Command;
import bowline.socks.message.SocksMessage.Greeting;
import bowline.socks.message.SocksMessage.Login;
import bowline.socks.message.SocksMessage.LoginAnswer;
import bowline.socks.message.SocksMessage.Method;
import bowline.socks.message.SocksMessage.MethodChoice;
import bowline.socks.message.SocksMessage.Reply;
import bowline.socks.message.SocksMessage.Request;
import bowline.socks.message.SocksServerMachine;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands in front of other protocols: PROXY headers, SOCKS and CONNECT.
final class ProxyTargets {
    private static final ProxyLimits LIMITS = new ProxyLimits(64, 4);
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

    /// Signature, version, family and length, the longest addresses, and the extensions.
    private static final int PROXY_HEADER_MAX_BYTES = 16 + 216 + 64;

    /// Version, user with its end, name with its end; more than any message of SOCKS 5.
    private static final int SOCKS_MAX_BYTES = 8 + 256 + 256;

    private static final SocksAddress SOMEWHERE = new SocksAddress(new SocksHost.Name("example.org"), 80);

    private ProxyTargets() {}

    static List<Target> all() {
        return List.of(
                Target.of(
                        "proxy-header",
                        "PROXY protocol, versions 1 and 2 (HAP-1)",
                        ProxyTargets::header,
                        "PROXY TCP4 192.0.2.1 192.0.2.2 1 65535\r\n",
                        "PROXY TCP6 2001:db8::1 ::ffff:1.2.3.4 1 2\r\nGET",
                        "PROXY UNKNOWN whatever\r\n",
                        SIGNATURE + "!\u0011\0\u0013\1\2\3\4\5\6\7\u0008\0P\0Q\2\0\4host",
                        SIGNATURE + " \0\0\0"),
                Target.of(
                        "socks-server",
                        "SOCKS 4, 4a and 5, what clients say (SOC-1)",
                        ProxyTargets::socksServer,
                        "\4\1\0P\1\2\3\4user\0",
                        "\4\2\0P\0\0\0\1user\0example.org\0",
                        "\5\2\0\2\1\4name\6secret\5\1\0\3\13example.org\0P",
                        "\5\1\0\5\1\0\1\1\2\3\4\0P",
                        "\5\1\0\5\3\0\4\1\2\3\4\5\6\7\10\1\2\3\4\5\6\7\10\0P"),
                Target.of(
                        "socks-client",
                        "SOCKS 4, 4a and 5, what servers say (SOC-2)",
                        ProxyTargets::socksClient,
                        "\0Z\0P\1\2\3\4",
                        "\5\0\5\0\0\1\1\2\3\4\0P",
                        "\5\2\1\0\5\0\0\3\3abc\0P\5\0\0\1\1\2\3\4\0P"),
                Target.of(
                        "socks-datagram",
                        "datagrams of SOCKS 5 (RFC 1928 §7)",
                        ProxyTargets::socksDatagram,
                        "\0\0\0\1\1\2\3\4\0Pdata",
                        "\0\0\0\3\3abc\0P"),
                Target.of(
                        "http-connect",
                        "what a proxy answers to CONNECT",
                        ProxyTargets::connect,
                        "HTTP/1.1 200 Fine\r\nA: b\r\n\r\nrest",
                        "HTTP/1.1 100 \r\n\r\nHTTP/1.0 407\r\nContent-Length: 0\r\n\r\n"));
    }

    private static void header(byte[] input) {
        new Conversation(PROXY_HEADER_MAX_BYTES).tell(input, HeaderReader::new);
    }

    private static final class HeaderReader implements Conversation.Reader {
        private final ProxyHeaderMachine machine = new ProxyHeaderMachine(LIMITS);
        private boolean over;

        @Override
        public @Nullable String next(ByteBuffer unread) {
            ProxyHeader header = machine.next(unread);
            if (header == null) {
                return null;
            }
            over = true;
            var wire = new ByteQueue();
            new ProxyHeaderMachine(LIMITS).send(header, wire);
            var roomier =
                    new ProxyLimits(LIMITS.extensionsMaxBytes() + 7, LIMITS.extensionsMax() + 1); // for a checksum
            ProxyHeader again = new ProxyHeaderMachine(roomier).next(wire.readable());
            if (!header.equals(again)) {
                throw new BrokenRule("G3: wrote " + header + " and read " + again);
            }
            return header.toString();
        }

        @Override
        public boolean over() {
            return over;
        }
    }

    private static void socksServer(byte[] input) {
        new Conversation(SOCKS_MAX_BYTES).tell(input, ServerReader::new);
    }

    /// Chooses the password if it is offered, lets everybody in, grants everything.
    private static final class ServerReader implements Conversation.Reader {
        private final SocksServerMachine machine = new SocksServerMachine();
        private final ByteQueue answers = new ByteQueue();
        private boolean over;

        @Override
        public @Nullable String next(ByteBuffer unread) {
            SocksMessage message;
            try {
                message = machine.next(unread);
            } catch (PeerViolation violation) {
                machine.refuse(ReplyCode.GENERAL_FAILURE, answers);
                throw violation;
            }
            switch (message) {
                case null -> {
                    return null;
                }
                case Greeting(List<Integer> methods) -> choose(methods);
                case Login _ -> machine.send(new LoginAnswer(true), answers);
                case Request request -> grant(request);
                default -> throw new BrokenRule("a client cannot say " + message);
            }
            return message + " -> " + Ascii.text(answers.readable());
        }

        private void choose(List<Integer> methods) {
            int method = methods.contains(Method.PASSWORD)
                    ? Method.PASSWORD
                    : methods.contains(Method.NONE) ? Method.NONE : Method.NO_ACCEPTABLE;
            machine.send(new MethodChoice(method), answers);
            over = method == Method.NO_ACCEPTABLE;
        }

        private void grant(Request request) {
            machine.send(Reply.of(request.version(), ReplyCode.SUCCEEDED, SocksAddress.NONE), answers);
            over = true;
        }

        @Override
        public boolean over() {
            return over;
        }
    }

    private static void socksClient(byte[] input) {
        for (Command command : List.of(Command.CONNECT, Command.BIND)) {
            for (int version = 4; version <= 5; version++) {
                int asked = version;
                new Conversation(SOCKS_MAX_BYTES).tell(input, () -> new ClientReader(asked, command));
            }
        }
    }

    private static final class ClientReader implements Conversation.Reader {
        private final SocksClientMachine machine;
        private final Request request;
        private final ByteQueue said = new ByteQueue();
        private int repliesLeft;

        ClientReader(int version, Command command) {
            machine = new SocksClientMachine(version);
            request = new Request(version, command, SOMEWHERE, "");
            repliesLeft = command == Command.BIND ? 2 : 1;
            machine.send(version == 4 ? request : new Greeting(List.of(Method.NONE, Method.PASSWORD)), said);
        }

        @Override
        public @Nullable String next(ByteBuffer unread) {
            SocksMessage message = machine.next(unread);
            switch (message) {
                case null -> {
                    return null;
                }
                case MethodChoice(int method) when method == Method.NONE -> machine.send(request, said);
                case MethodChoice(int method)
                when method == Method.PASSWORD -> machine.send(new Login("name", "secret"), said);
                case MethodChoice _ -> repliesLeft = 0;
                case LoginAnswer(boolean accepted) when accepted -> machine.send(request, said);
                case LoginAnswer _ -> repliesLeft = 0;
                case Reply reply -> repliesLeft = reply.granted() ? repliesLeft - 1 : 0;
                default -> throw new BrokenRule("a server cannot say " + message);
            }
            return message.toString();
        }

        @Override
        public boolean over() {
            return repliesLeft == 0;
        }
    }

    private static void socksDatagram(byte[] input) {
        try {
            SocksDatagram read = SocksDatagram.read(ByteBuffer.wrap(input));
            if (!read.equals(SocksDatagram.read(read.bytes()))) {
                throw new BrokenRule("G3: " + read + " is not read back");
            }
        } catch (PeerViolation expected) {
            // as it shall be
        }
    }

    private static void connect(byte[] input) {
        new Conversation(ConnectMachine.HEAD_MAX_BYTES).tell(input, ConnectReader::new);
    }

    private static final class ConnectReader implements Conversation.Reader {
        private final Machine<ConnectMachine.Message> machine = new ConnectMachine();
        private boolean over;

        ConnectReader() {
            machine.send(new ConnectMachine.Request(SOMEWHERE, null, ""), new ByteQueue());
        }

        @Override
        public @Nullable String next(ByteBuffer unread) {
            ConnectMachine.Message message = machine.next(unread);
            over = message != null;
            return message == null ? null : message.toString();
        }

        @Override
        public boolean over() {
            return over;
        }
    }
}
