package bowline.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ClientFactory;
import bowline.protocol.Connector;
import bowline.protocol.Factory;
import bowline.protocol.Int32StringReceiver;
import bowline.protocol.LineReceiver;
import bowline.protocol.NetstringReceiver;
import bowline.protocol.Protocol;
import bowline.reactor.ListenOptions;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Echo, lines, netstrings and counted strings against Debian's python3-twisted, each in both directions.
class TwistedProtocolsTest {
    private LiveReactor live;

    @BeforeEach
    void startReactor() {
        live = new LiveReactor();
    }

    @AfterEach
    void stopReactor() {
        live.close();
    }

    @Test
    @DisplayName("TRA: Twisted's client gets three megabytes back from our echo")
    void ourEchoTheirClient() throws Exception {
        assertEquals("same\n", TwistedPeer.client("echo-client", listen(Factory.of(Echo::new))));
    }

    @Test
    @DisplayName("LIN-1: Twisted's client talks lines with our LineReceiver")
    void ourLinesTheirClient() throws Exception {
        assertEquals("same\n".repeat(5), TwistedPeer.client("line-client", listen(Factory.of(ReverseLines::new))));
    }

    @Test
    @DisplayName("NST-1: Twisted's client talks netstrings with our NetstringReceiver")
    void ourNetstringsTheirClient() throws Exception {
        assertEquals(
                "same\n".repeat(5), TwistedPeer.client("netstring-client", listen(Factory.of(ReverseNetstrings::new))));
    }

    @Test
    @DisplayName("INT-1: Twisted's client talks counted strings with our Int32StringReceiver")
    void ourCountedStringsTheirClient() throws Exception {
        assertEquals("same\n".repeat(5), TwistedPeer.client("int32-client", listen(Factory.of(ReverseStrings::new))));
    }

    @Test
    @DisplayName("TRA: our client gets three megabytes back from Twisted's echo")
    void theirEchoOurClient() throws Exception {
        byte[] sent = new byte[3_000_000];
        new Random(7).nextBytes(sent);

        assertArrayEquals(sent, ask("echo-server", answer -> new EchoClient(sent, answer)));
    }

    @Test
    @DisplayName("LIN-7: our client talks lines with Twisted's LineReceiver")
    void theirLinesOurClient() throws Exception {
        List<String> answers = ask("line-server", AskLines::new);

        assertEquals(List.of("olleh", "", "dnuorg"), answers);
    }

    @Test
    @DisplayName("NST-3: our client talks netstrings with Twisted's NetstringReceiver")
    void theirNetstringsOurClient() throws Exception {
        List<String> answers = ask("netstring-server", AskNetstrings::new);

        assertEquals(List.of("olleh", "", ",:2"), answers);
    }

    private int listen(Factory<?> factory) throws Exception {
        return live.call(() -> live.reactor()
                .listenTcp(0, factory, ListenOptions.DEFAULT.on("127.0.0.1"))
                .port());
    }

    private <T> T ask(String role, Function<Deferred<T>, Protocol> client) throws Exception {
        try (TwistedPeer server = TwistedPeer.start(role)) {
            return live.await(() -> {
                var answer = new Deferred<T>();
                live.reactor().connectTcp("127.0.0.1", server.port(), new AskingFactory(client.apply(answer), answer));
                return answer;
            });
        }
    }

    private static final class AskingFactory extends ClientFactory<Protocol> {
        private final Protocol client;
        private final Deferred<?> answer;

        AskingFactory(Protocol client, Deferred<?> answer) {
            this.client = client;
            this.answer = answer;
        }

        @Override
        public Protocol buildProtocol(Address peer) {
            return client;
        }

        @Override
        public void clientConnectionFailed(Connector connector, Failure reason) {
            answer.errback(reason);
        }
    }

    private static byte[] reversed(ByteBuffer bytes) {
        byte[] reversed = new byte[bytes.remaining()];
        for (int i = reversed.length - 1; i >= 0; i--) {
            reversed[i] = bytes.get();
        }
        return reversed;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }

    private static final class ReverseLines extends LineReceiver {
        @Override
        public void lineReceived(ByteBuffer line) {
            sendLine(reversed(line));
        }
    }

    private static final class ReverseNetstrings extends NetstringReceiver {
        @Override
        public void stringReceived(ByteBuffer string) {
            sendString(reversed(string));
        }
    }

    private static final class ReverseStrings extends Int32StringReceiver {
        @Override
        public void stringReceived(ByteBuffer string) {
            sendString(reversed(string));
        }
    }

    private static final class EchoClient extends Protocol {
        private final byte[] sent;
        private final Deferred<byte[]> answer;
        private final ByteArrayOutputStream got = new ByteArrayOutputStream();

        EchoClient(byte[] sent, Deferred<byte[]> answer) {
            this.sent = sent;
            this.answer = answer;
        }

        @Override
        public void connectionMade() {
            transport().write(sent);
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            byte[] piece = new byte[unread.remaining()];
            unread.get(piece);
            got.writeBytes(piece);
            if (got.size() == sent.length) {
                transport().loseConnection();
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            answer.callback(got.toByteArray());
        }
    }

    private static final class AskLines extends LineReceiver {
        private final List<String> answers = new ArrayList<>();
        private final Deferred<List<String>> answer;

        AskLines(Deferred<List<String>> answer) {
            this.answer = answer;
        }

        @Override
        public void connectionMade() {
            sendLine("hello");
            sendLine("");
            sendLine("ground");
        }

        @Override
        public void lineReceived(String line) {
            answers.add(line);
            if (answers.size() == 3) {
                transport().loseConnection();
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            answer.callback(answers);
        }
    }

    private static final class AskNetstrings extends NetstringReceiver {
        private final List<String> answers = new ArrayList<>();
        private final Deferred<List<String>> answer;

        AskNetstrings(Deferred<List<String>> answer) {
            this.answer = answer;
        }

        @Override
        public void connectionMade() {
            for (String question : List.of("hello", "", "2:,")) {
                sendString(question.getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        public void stringReceived(ByteBuffer string) {
            answers.add(text(string));
            if (answers.size() == 3) {
                transport().loseConnection();
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            answer.callback(answers);
        }
    }
}
