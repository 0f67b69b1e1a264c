package bowline.socks.message;

import static bowline.socks.message.SocksServerMachineTest.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.bytes.ByteQueue;
import bowline.bytes.ByteSink;
import bowline.machine.Machine;
import bowline.machine.PeerViolation;
import bowline.socks.message.SocksMessage.Command;
import bowline.socks.message.SocksMessage.Greeting;
import bowline.socks.message.SocksMessage.Login;
import bowline.socks.message.SocksMessage.LoginAnswer;
import bowline.socks.message.SocksMessage.Method;
import bowline.socks.message.SocksMessage.MethodChoice;
import bowline.socks.message.SocksMessage.Reply;
import bowline.socks.message.SocksMessage.Request;
import bowline.testing.MachineRun;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// SOC-2, RFC 1928, RFC 1929: the client's side.
class SocksClientMachineTest {
    private static final long SEED = 1929;
    private static final Request REQUEST =
            new Request(5, Command.CONNECT, new SocksAddress(new SocksHost.Name("example.com"), 80), "");

    /// A client that says what comes next as soon as it is its turn.
    private static final class Eager implements Machine<SocksMessage> {
        private final SocksClientMachine machine;
        private final ByteQueue said = new ByteQueue();

        Eager(Request request) {
            machine = new SocksClientMachine(request.version());
            this.request = request;
            if (request.version() == 5) {
                machine.send(new Greeting(List.of(Method.NONE, Method.PASSWORD)), said);
            } else {
                machine.send(request, said);
            }
        }

        private final Request request;

        @Override
        public @Nullable SocksMessage next(ByteBuffer unread) {
            SocksMessage message = machine.next(unread);
            switch (message) {
                case MethodChoice(int method) when method == Method.PASSWORD -> send(new Login("u", "p"), said);
                case MethodChoice(int method) when method == Method.NONE -> send(request, said);
                case LoginAnswer(boolean accepted) when accepted -> send(request, said);
                case null, default -> {
                    // Nothing to say.
                }
            }
            return message;
        }

        @Override
        public void send(SocksMessage event, ByteSink sink) {
            machine.send(event, sink);
        }
    }

    private static MachineRun<SocksMessage> run(Request request, Object... parts) {
        return MachineRun.inAnyCut(SEED, bytes(parts), () -> new Eager(request), message -> message);
    }

    @Test
    @DisplayName("greeting, login, request, reply: what is said and what is heard")
    void wholeConversation() {
        var bound = new SocksAddress(new SocksHost.V4(0x7F000001), 1024);
        assertEquals(
                List.of(new MethodChoice(2), new LoginAnswer(true), new Reply(5, 0, bound)),
                run(REQUEST, 5, 2, 1, 0, 5, 0, 0, 1, 127, 0, 0, 1, 4, 0, "and more")
                        .events());

        var client = new Eager(REQUEST);
        ByteBuffer unread = ByteBuffer.wrap(bytes(5, 2, 1, 0, 5, 0, 0, 3, 1, "b", 4, 0, "and more"));
        while (client.next(unread) != null) {
            // Up to the reply.
        }
        assertEquals(8, unread.remaining());
        assertArrayEquals(
                bytes(5, 2, 0, 2, 1, 1, "u", 1, "p", 5, 1, 0, 3, 11, "example.com", 0, 80), client.said.takeAll());
    }

    @Test
    @DisplayName("SOCKS 4: an address as it is; 4a: a name behind 0.0.0.1")
    void version4() {
        var bound = new SocksAddress(new SocksHost.V4(1), 2);
        var plain = new Request(4, Command.CONNECT, new SocksAddress(new SocksHost.V4(0x01020304), 80), "me");
        var named = new Request(4, Command.CONNECT, new SocksAddress(new SocksHost.Name("example.com"), 80), "");
        assertEquals(
                List.of(new Reply(4, 91, bound)),
                run(plain, 0, 91, 0, 2, 0, 0, 0, 1).events());
        assertArrayEquals(bytes(4, 1, 0, 80, 1, 2, 3, 4, "me", 0), new Eager(plain).said.takeAll());
        assertArrayEquals(bytes(4, 1, 0, 80, 0, 0, 0, 1, 0, "example.com", 0), new Eager(named).said.takeAll());
    }

    @Test
    @DisplayName("refusals are read, and their codes have words")
    void refusals() {
        assertEquals(List.of(new MethodChoice(255)), run(REQUEST, 5, 255).events());
        assertEquals(
                List.of(new MethodChoice(2), new LoginAnswer(false)),
                run(REQUEST, 5, 2, 1, 7).events());
        assertEquals("connection refused", new Reply(5, 5, SocksAddress.NONE).meaning());
        assertEquals("a code that no RFC knows", new Reply(5, 200, SocksAddress.NONE).meaning());
        assertEquals("refused or failed", new Reply(4, 91, SocksAddress.NONE).meaning());
        assertEquals("a code that SOCKS 4 does not know", new Reply(4, 5, SocksAddress.NONE).meaning());
    }

    @Test
    @DisplayName("a server that does not speak SOCKS, or chooses what was not offered, is a violation")
    void violations() {
        violation("begins with 72, not 5", REQUEST, "HTTP/1.1");
        violation("chose method 1", REQUEST, 5, 1);
        violation("begins with 3, not 1", REQUEST, 5, 2, 3);
        violation("version 4 where", REQUEST, 5, 0, 4);
        violation("the type 9", REQUEST, 5, 0, 5, 0, 0, 9, 9);
        violation("begins with the byte 4", new Request(4, Command.CONNECT, SocksAddress.NONE, ""), 4);
    }

    private static void violation(String message, Request request, Object... parts) {
        String violation = run(request, parts).violation();
        assertTrue(violation != null && violation.contains(message), () -> "violation: " + violation);
    }

    @Test
    @DisplayName("G5: the client's words have their places")
    void phases() {
        var sink = new ByteQueue();
        var client = new SocksClientMachine(5);
        assertThrows(IllegalStateException.class, () -> client.send(REQUEST, sink));
        assertThrows(IllegalStateException.class, () -> client.send(new Login("u", "p"), sink));
        assertThrows(IllegalArgumentException.class, () -> client.send(new Greeting(List.of(1)), sink));
        assertThrows(IllegalArgumentException.class, () -> client.send(new LoginAnswer(true), sink));
        assertEquals(0, sink.size());
        client.send(new Greeting(List.of(Method.NONE)), sink);
        assertThrows(IllegalStateException.class, () -> client.send(new Greeting(List.of(Method.NONE)), sink));
        assertNotNull(client.next(ByteBuffer.wrap(bytes(5, 0))));
        assertThrows(
                IllegalArgumentException.class,
                () -> client.send(new Request(4, Command.CONNECT, SocksAddress.NONE, ""), sink));
        client.send(REQUEST, sink);
        assertThrows(PeerViolation.class, () -> client.next(ByteBuffer.wrap(bytes(1))));
    }

    @Test
    @DisplayName("G3: whatever name, user and password can be said, our server reads it back")
    void everythingThatCanBeSaidIsReadBack() {
        var random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            SocksAddress destination = new SocksAddress(host(random), random.nextInt(65536));
            boolean four = !(destination.host() instanceof SocksHost.V6) && random.nextBoolean();
            String user = four ? text(random).replace("\0", "") : "";
            var request = new Request(four ? 4 : 5, Command.CONNECT, destination, user);
            Login login = new Login(text(random), text(random));
            var wire = new ByteQueue();
            var client = new SocksClientMachine(request.version());
            var server = new SocksServerMachine();
            if (!four) {
                client.send(new Greeting(List.of(Method.PASSWORD)), wire);
                assertEquals(new Greeting(List.of(Method.PASSWORD)), server.next(wire.readable()));
                server.send(new MethodChoice(Method.PASSWORD), wire);
                client.next(wire.readable());
                client.send(login, wire);
                assertEquals(login, server.next(wire.readable()), "seed " + SEED + " round " + round);
                server.send(new LoginAnswer(true), wire);
                client.next(wire.readable());
            }
            client.send(request, wire);
            assertEquals(request, server.next(wire.readable()), "seed " + SEED + " round " + round);
            assertEquals(0, wire.size());
        }
    }

    private static SocksHost host(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new SocksHost.V4(random.nextInt() | 1 << 30);
            case 1 -> new SocksHost.V6(random.nextLong(), random.nextLong());
            default -> {
                var name = new StringBuilder();
                for (int i = random.nextInt(255); i >= 0; i--) {
                    name.append((char) ('!' + random.nextInt(0x7F - '!')));
                }
                yield new SocksHost.Name(name.toString());
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(60); i >= 0; i--) {
            int point = random.nextInt(Character.MAX_CODE_POINT);
            text.appendCodePoint(Character.isSurrogate((char) point) && point < 0x10000 ? 'x' : point);
        }
        return text.toString();
    }
}
