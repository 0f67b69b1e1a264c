package bowline.fuzz;

import bowline.tls.hello.ClientHello;
import bowline.tls.hello.ClientHelloLimits;
import bowline.tls.hello.ClientHelloMachine;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What clients of TLS say before anybody knows whom they want.
final class TlsTargets {
    private static final ClientHelloLimits LIMITS = new ClientHelloLimits(1000, 50, 20, 30);

    private static final String FIXED = "\3\3" + "r".repeat(32);
    private static final String SUITES = "\0\4\23\1\300\57\1\0";
    private static final String NAME = "\0\0\0\14\0\12\0\0\7a.b-c.D";
    private static final String PROTOCOLS = "\0\20\0\16\0\14\2h2\10http/1.1";
    private static final String VERSIONS = "\0\53\0\5\4\3\4\3\3";
    private static final String SCHEMES = "\0\15\0\6\0\4\4\3\10\4";
    private static final String KEY = "\0\51\0\1x";

    private TlsTargets() {}

    static List<Target> all() {
        return List.of(Target.of(
                "tls-client-hello",
                "the first message of TLS (TLS-2)",
                TlsTargets::hello,
                record(message(FIXED + "\0" + SUITES)),
                record(message(FIXED + "\0" + SUITES + extensions(NAME + PROTOCOLS + VERSIONS + SCHEMES + KEY)))
                        + "more",
                record("\1") + record("\0\0") + record("\54" + FIXED + "\1x" + SUITES),
                "\26\3\1\0\0",
                "\200\56\1\0\2",
                "GET / HTTP/1.1\r\n",
                "\25\3\1\0\2\2\12"));
    }

    private static String extensions(String all) {
        return (char) (all.length() >> Byte.SIZE) + "" + (char) (all.length() & 0xFF) + all;
    }

    private static String message(String body) {
        return "\1\0" + extensions(body);
    }

    private static String record(String fragment) {
        return "\26\3\1" + extensions(fragment);
    }

    private static void hello(byte[] input) {
        new Conversation(LIMITS.unreadMaxBytes()).tell(input, HelloReader::new);
    }

    private static final class HelloReader implements Conversation.Reader {
        private final ClientHelloMachine machine = new ClientHelloMachine(LIMITS);
        private boolean over;

        @Override
        public @Nullable String next(ByteBuffer unread) {
            int position = unread.position();
            ClientHello hello = machine.next(unread);
            if (unread.position() != position) {
                throw new BrokenRule("TLS-2: bytes were taken that the engine must have");
            }
            over = hello != null;
            return hello == null ? null : hello.toString();
        }

        @Override
        public boolean over() {
            return over;
        }
    }
}
