package bowline.socks.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.bytes.ByteQueue;
import bowline.bytes.ByteSink;
import bowline.machine.Machine;
import bowline.socks.message.SocksMessage.Command;
import bowline.socks.message.SocksMessage.Greeting;
import bowline.socks.message.SocksMessage.Login;
import bowline.socks.message.SocksMessage.LoginAnswer;
import bowline.socks.message.SocksMessage.Method;
import bowline.socks.message.SocksMessage.MethodChoice;
import bowline.socks.message.SocksMessage.Reply;
import bowline.socks.message.SocksMessage.Request;
import bowline.testing.MachineRun;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// SOC-1, RFC 1928, RFC 1929: the server's side, fed whole, a byte at a time and cut at random.
class SocksServerMachineTest {
    private static final long SEED = 1928;

    /// A server that answers everything in the best way, so that its client can go on.
    private static final class Willing implements Machine<SocksMessage> {
        private final SocksServerMachine machine = new SocksServerMachine();
        private final ByteQueue answers = new ByteQueue();
        private final int method;

        Willing(int method) {
            this.method = method;
        }

        @Override
        public @Nullable SocksMessage next(ByteBuffer unread) {
            SocksMessage message = machine.next(unread);
            switch (message) {
                case Greeting _ -> send(new MethodChoice(method), answers);
                case Login _ -> send(new LoginAnswer(true), answers);
                case Request request ->
                    send(Reply.of(request.version(), ReplyCode.SUCCEEDED, SocksAddress.NONE), answers);
                case null, default -> {
                    // Nothing to answer.
                }
            }
            return message;
        }

        @Override
        public void send(SocksMessage event, ByteSink sink) {
            machine.send(event, sink);
        }
    }

    static byte[] bytes(Object... parts) {
        var all = new ByteArrayOutputStream();
        for (Object part : parts) {
            switch (part) {
                case Integer octet -> all.write(octet);
                case String text -> all.writeBytes(text.getBytes(StandardCharsets.UTF_8));
                case byte[] octets -> all.writeBytes(octets);
                default -> throw new IllegalArgumentException(String.valueOf(part));
            }
        }
        return all.toByteArray();
    }

    private static MachineRun<SocksMessage> run(int method, Object... parts) {
        return MachineRun.inAnyCut(SEED, bytes(parts), () -> new Willing(method), message -> message);
    }

    private static SocksAddress named(String name, int port) {
        return new SocksAddress(new SocksHost.Name(name), port);
    }

    @Test
    @DisplayName(
            "SOC-1: a SOCKS 4 request has version, command, port, address, user and NUL; SOC-2: what follows is left")
    void version4() {
        byte[] input = bytes(4, 1, 0, 80, 192, 0, 2, 7, "fred", 0, "GET /");
        var request = new Request(4, Command.CONNECT, new SocksAddress(new SocksHost.V4(0xC0000207), 80), "fred");

        assertEquals(List.of(request), run(Method.NONE, (Object) input).events());
        ByteBuffer unread = ByteBuffer.wrap(input);
        var machine = new Willing(Method.NONE);
        machine.next(unread);
        assertNull(machine.next(unread));
        assertEquals(5, unread.remaining());
        assertArrayEquals(bytes(0, 90, 0, 0, 0, 0, 0, 0), machine.answers.takeAll());
    }

    @Test
    @DisplayName("SOC-1: the address 0.0.0.x with an x other than 0 has a host name follow (4a)")
    void version4a() {
        assertEquals(
                List.of(new Request(4, Command.BIND, named("example.com", 443), "")),
                run(Method.NONE, 4, 2, 1, 187, 0, 0, 0, 9, 0, "example.com", 0).events());
        assertEquals(
                List.of(new Request(4, Command.CONNECT, new SocksAddress(SocksHost.V4.ANY, 1), "")),
                run(Method.NONE, 4, 1, 0, 1, 0, 0, 0, 0, 0).events());
    }

    @Test
    @DisplayName("RFC 1928: greeting and requests for an IPv4 address, a name and an IPv6 address")
    void version5() {
        Object[] greeting = {5, 2, 0, 2};
        assertEquals(
                List.of(
                        new Greeting(List.of(0, 2)),
                        new Request(5, Command.CONNECT, new SocksAddress(new SocksHost.V4(0x01020304), 0x1F90), "")),
                run(Method.NONE, bytes(greeting), 5, 1, 0, 1, 1, 2, 3, 4, 0x1F, 0x90)
                        .events());
        assertEquals(
                new Request(5, Command.BIND, named("example.com", 80), ""),
                run(Method.NONE, bytes(greeting), 5, 2, 0, 3, 11, "example.com", 0, 80)
                        .events()
                        .getLast());
        assertEquals(
                new Request(
                        5,
                        Command.UDP_ASSOCIATE,
                        new SocksAddress(new SocksHost.V6(0x20010DB800000000L, 0x2AL), 65535),
                        ""),
                run(
                                Method.NONE,
                                bytes(greeting),
                                5,
                                3,
                                0,
                                4,
                                new byte[] {0x20, 1, 0xD, (byte) 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x2A},
                                255,
                                255)
                        .events()
                        .getLast());
    }

    @Test
    @DisplayName("RFC 1929: a login of 1 to 255 bytes each, sent ahead of the answers")
    void login() {
        String longest = "p".repeat(255);
        assertEquals(
                List.of(
                        new Greeting(List.of(2)),
                        new Login("zoë", longest),
                        new Request(5, Command.CONNECT, named("a", 1), "")),
                run(Method.PASSWORD, 5, 1, 2, 1, 4, "zoë", 255, longest, 5, 1, 0, 3, 1, "a", 0, 1)
                        .events());
    }

    @Test
    @DisplayName("K1: a host name has 1 to 255 bytes, and no NUL, control character, space or byte above ASCII")
    void names() {
        String longest = "n".repeat(255);
        assertEquals(
                new Request(5, Command.CONNECT, named(longest, 1), ""),
                run(Method.NONE, 5, 1, 0, 5, 1, 0, 3, 255, longest, 0, 1)
                        .events()
                        .getLast());
        assertEquals(
                new Request(4, Command.CONNECT, named(longest, 1), ""),
                run(Method.NONE, 4, 1, 0, 1, 0, 0, 0, 1, 0, longest, 0).events().getLast());
        refused("the host name is longer than 255 bytes", 4, 1, 0, 1, 0, 0, 0, 1, 0, longest + "n", 0);
        refused("the host name is empty", 4, 1, 0, 1, 0, 0, 0, 1, 0, 0);
        refused("a host name is empty", 5, 1, 0, 5, 1, 0, 3, 0, 0, 80);
        for (int bad : new int[] {0, 7, '\n', ' ', 0x7F, 0x80, 0xFF}) {
            refused("is not visible ASCII", 5, 1, 0, 5, 1, 0, 3, 3, "a", bad, "b", 0, 80);
        }
        refused("is not visible ASCII", 4, 1, 0, 1, 0, 0, 0, 1, 0, "a\rb", 0);
    }

    @Test
    @DisplayName("G2: the SOCKS 4 user has at most 255 bytes, with or without an end in sight")
    void users() {
        String longest = "u".repeat(255);
        assertEquals(
                1, run(Method.NONE, 4, 1, 0, 1, 1, 1, 1, 1, longest, 0).events().size());
        refused("the user name is longer than 255 bytes", 4, 1, 0, 1, 1, 1, 1, 1, longest + "u");
        refused("the user name is not UTF-8", 4, 1, 0, 1, 1, 1, 1, 1, 0xC3, 0);
    }

    private static void refused(String message, Object... parts) {
        String violation = run(Method.NONE, parts).violation();
        assertTrue(violation != null && violation.contains(message), () -> "violation: " + violation);
    }

    @Test
    @DisplayName("what is not SOCKS is refused at its first wrong byte")
    void malformed() {
        refused("the first byte is 71", "GET / HTTP/1.1");
        refused("offers no method", 5, 0);
        refused("only 0xff", 5, 1, 255);
        refused("the command 9", 4, 9);
        refused("the command 3", 4, 3);
        refused("version 4 where", 5, 1, 0, 4);
        refused("the command 4", 5, 1, 0, 5, 4, 0, 1, 1, 2, 3, 4, 0, 80);
        refused("the type 2", 5, 1, 0, 5, 1, 0, 2, 0);
        String violation = run(Method.PASSWORD, 5, 1, 2, 5).violation();
        assertTrue(violation != null && violation.contains("its version is 5, not 1"), () -> "" + violation);
        String empty = run(Method.PASSWORD, 5, 1, 2, 1, 0).violation();
        assertTrue(empty != null && empty.contains("user name is empty"), () -> "" + empty);
        String noPassword = run(Method.PASSWORD, 5, 1, 2, 1, 1, "u", 0).violation();
        assertTrue(noPassword != null && noPassword.contains("password is empty"), () -> "" + noPassword);
    }

    @Test
    @DisplayName("replies: code and address in the words of the version")
    void replies() {
        var v6 = new SocksAddress(new SocksHost.V6(1L << 48, 2), 3);
        assertArrayEquals(
                bytes(5, 0, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 3),
                reply(5, Reply.of(5, ReplyCode.SUCCEEDED, v6)));
        assertArrayEquals(bytes(0, 90, 0, 3, 0, 0, 0, 0), reply(4, Reply.of(4, ReplyCode.SUCCEEDED, v6)));
        assertArrayEquals(
                bytes(5, 5, 0, 1, 0, 0, 0, 0, 0, 0),
                reply(5, Reply.of(5, ReplyCode.CONNECTION_REFUSED, SocksAddress.NONE)));
        assertArrayEquals(
                bytes(0, 91, 0, 0, 0, 0, 0, 0), reply(4, Reply.of(4, ReplyCode.TTL_EXPIRED, SocksAddress.NONE)));
    }

    private static byte[] reply(int version, Reply reply) {
        SocksServerMachine machine = upTo(version, Command.CONNECT);
        var sink = new ByteQueue();
        machine.send(reply, sink);
        return sink.takeAll();
    }

    /// A machine whose client awaits the answer to its request.
    private static SocksServerMachine upTo(int version, Command command) {
        var machine = new SocksServerMachine();
        if (version == 5) {
            machine.next(ByteBuffer.wrap(bytes(5, 1, 0)));
            machine.send(new MethodChoice(Method.NONE), new ByteQueue());
            machine.next(ByteBuffer.wrap(bytes(5, command.number(), 0, 1, 1, 1, 1, 1, 0, 1)));
        } else {
            machine.next(ByteBuffer.wrap(bytes(4, command.number(), 0, 1, 1, 1, 1, 1, 0)));
        }
        return machine;
    }

    @Test
    @DisplayName("BIND is answered twice, and a refusal is the last word")
    void bindHasTwoReplies() {
        SocksServerMachine machine = upTo(5, Command.BIND);
        Reply granted = Reply.of(5, ReplyCode.SUCCEEDED, SocksAddress.NONE);
        var sink = new ByteQueue();
        machine.send(granted, sink);
        machine.send(granted, sink);
        assertEquals(20, sink.size());
        assertThrows(IllegalStateException.class, () -> machine.send(granted, sink));

        SocksServerMachine refusing = upTo(4, Command.BIND);
        refusing.send(Reply.of(4, ReplyCode.NOT_ALLOWED, SocksAddress.NONE), sink);
        assertThrows(
                IllegalStateException.class,
                () -> refusing.send(Reply.of(4, ReplyCode.SUCCEEDED, SocksAddress.NONE), sink));
    }

    @Test
    @DisplayName("G5: in each phase each answer is either the one awaited or a mistake that writes nothing")
    void phases() {
        List<SocksMessage> answers = List.of(
                new MethodChoice(Method.NONE),
                new LoginAnswer(true),
                Reply.of(5, ReplyCode.SUCCEEDED, SocksAddress.NONE));
        byte[][] steps = {{}, {5, 1, 2}, {1, 1, 'u', 1, 'p'}, {5, 1, 0, 1, 1, 1, 1, 1, 0, 1}};
        List<Consumer<SocksServerMachine>> turns = List.of(
                _ -> {},
                machine -> machine.send(new MethodChoice(Method.PASSWORD), new ByteQueue()),
                machine -> machine.send(new LoginAnswer(true), new ByteQueue()));
        for (int phase = 0; phase < steps.length; phase++) {
            for (int answer = 0; answer < answers.size(); answer++) {
                var machine = new SocksServerMachine();
                for (int step = 0; step <= phase; step++) {
                    machine.next(ByteBuffer.wrap(steps[step]));
                    if (step > 0 && step < phase) {
                        turns.get(step).accept(machine);
                    }
                }
                var sink = new ByteQueue();
                SocksMessage said = answers.get(answer);
                if (answer == phase - 1) {
                    machine.send(said, sink);
                    assertTrue(sink.size() > 0);
                } else {
                    assertThrows(IllegalStateException.class, () -> machine.send(said, sink), phase + " " + said);
                    assertEquals(0, sink.size());
                }
                // Whatever the client sends now, out of its turn, is left unread.
                if (answer != phase - 1 && phase > 0) {
                    ByteBuffer early = ByteBuffer.wrap(new byte[] {5, 1, 2});
                    assertNull(machine.next(early));
                    assertEquals(3, early.remaining());
                }
            }
        }
    }

    @Test
    @DisplayName("a refusal is said in the words of the point that was reached")
    void refusals() {
        assertArrayEquals(new byte[0], refusal(_ -> {}));
        assertArrayEquals(bytes(5, 255), refusal(machine -> machine.next(ByteBuffer.wrap(bytes(5)))));
        assertArrayEquals(bytes(5, 255), refusal(machine -> machine.next(ByteBuffer.wrap(bytes(5, 1, 0)))));
        assertArrayEquals(bytes(1, 1), refusal(machine -> {
            machine.next(ByteBuffer.wrap(bytes(5, 1, 2)));
            machine.send(new MethodChoice(Method.PASSWORD), new ByteQueue());
        }));
        assertArrayEquals(bytes(0, 91, 0, 0, 0, 0, 0, 0), refusal(machine -> machine.next(ByteBuffer.wrap(bytes(4)))));
        var sink = new ByteQueue();
        SocksServerMachine waiting = upTo(5, Command.CONNECT);
        waiting.refuse(ReplyCode.HOST_UNREACHABLE, sink);
        waiting.refuse(ReplyCode.HOST_UNREACHABLE, sink);
        assertArrayEquals(bytes(5, 4, 0, 1, 0, 0, 0, 0, 0, 0), sink.takeAll());
    }

    private static byte[] refusal(Consumer<SocksServerMachine> before) {
        var machine = new SocksServerMachine();
        before.accept(machine);
        var sink = new ByteQueue();
        machine.refuse(ReplyCode.NOT_ALLOWED, sink);
        return sink.takeAll();
    }

    @Test
    @DisplayName("G1: an announced length holds no memory and a message is never longer than 513 bytes")
    void announcedLengths() {
        ByteBuffer login = ByteBuffer.wrap(bytes(5, 1, 2, 1, 255));
        var machine = new SocksServerMachine();
        assertInstanceOf(Greeting.class, machine.next(login));
        machine.send(new MethodChoice(Method.PASSWORD), new ByteQueue());
        assertNull(machine.next(login));
        assertEquals(2, login.remaining());
    }

    @Test
    @DisplayName("a server's messages cannot be made to say what the wire cannot")
    void impossibleMessages() {
        assertThrows(IllegalArgumentException.class, () -> new Login("", "p"));
        assertThrows(IllegalArgumentException.class, () -> new Login("é".repeat(128), "p"));
        assertThrows(IllegalArgumentException.class, () -> new Greeting(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Greeting(List.of(255)));
        assertThrows(IllegalArgumentException.class, () -> new SocksAddress(SocksHost.V4.ANY, 65536));
        assertThrows(IllegalArgumentException.class, () -> new SocksHost.Name("a b"));
        assertThrows(IllegalArgumentException.class, () -> new SocksHost.Name("x".repeat(256)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Request(4, Command.CONNECT, new SocksAddress(new SocksHost.V6(0, 1), 1), ""));
        var wouldBeName = new SocksAddress(new SocksHost.V4(9), 1);
        assertThrows(IllegalArgumentException.class, () -> new Request(4, Command.CONNECT, wouldBeName, ""));
        assertThrows(IllegalArgumentException.class, () -> new Request(5, Command.CONNECT, named("a", 1), "user"));
        assertThrows(IllegalArgumentException.class, () -> new Request(4, Command.CONNECT, named("a", 1), "u\0"));
        assertEquals("Login[user=\"u\\n\"]", new Login("u\n", "secret").toString());
    }
}
