package bowline.tls;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.testing.MemoryTransport;
import bowline.tls.engine.TlsVersion;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// However the bytes of a connection are cut, it is the same; and cut off, it ends with the reason that it was
/// (rule TLS-5 of security).
class TlsCutTest {
    /// Those that are cut off are not all told so, and would be too many.
    private static final TlsServerOptions SERVERS = TlsWorld.server()
            .limits(TlsLimits.DEFAULT.handshakesBySourceMax(100_000))
            .build();
    private static final String QUESTION = "what is the answer?".repeat(50);
    private static final String ANSWER = "forty-two ".repeat(4000);

    private final Speaker client = new Speaker();
    private final Speaker server = new Speaker();
    private TlsVersion version = TlsVersion.TLS_1_3;

    private static TlsCutTest in(TlsVersion version) {
        var test = new TlsCutTest();
        test.version = version;
        return test;
    }

    private TlsPair asking() {
        client.whenMade = it -> it.transport().write(QUESTION);
        server.whenReceived = unread -> {
            server.take(unread);
            if (server.received().length() == QUESTION.length()) {
                server.transport().write(ANSWER);
                server.transport().loseConnection();
            }
        };
        TlsClientOptions clients =
                TlsWorld.client().versions(TlsWorld.only(version)).build();
        return new TlsPair(client, server, clients, SERVERS);
    }

    private void assertAnswered() {
        assertThat(server.received()).isEqualTo(QUESTION);
        assertThat(client.received()).isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("G7: a byte at a time")
    void comesByteByByte(TlsVersion spoken) {
        version = spoken;
        asking().flush((bytes, to) -> to.deliverEachByte(bytes));
        assertAnswered();
    }

    @Test
    void comesCutAtRandom() {
        long seed = System.nanoTime();
        var seeds = new Random(seed);
        for (int i = 0; i < 20; i++) {
            var test = new TlsCutTest();
            test.asking().flush((bytes, to) -> to.deliverCutAtRandom(bytes, seeds.nextLong()));
            assertThat(test.client.received()).as("seed " + seed).isEqualTo(ANSWER);
        }
    }

    @Test
    @DisplayName("TLS-2 of security: a ClientHello cut at every byte leads to the same connection")
    void takesAHelloCutAnywhere() {
        int length = helloLength();
        for (int cut = 1; cut < length; cut++) {
            int at = cut;
            var test = new TlsCutTest();
            TlsPair pair = test.asking();
            byte[] hello = pair.wire.client().take();
            pair.wire.server().deliver(Arrays.copyOf(hello, at));
            assertThat(pair.wire.server().value()).isEmpty();
            pair.wire.server().deliver(Arrays.copyOfRange(hello, at, hello.length));
            pair.flush(TlsCutTest::whole);
            assertThat(test.server.received()).as("cut at " + at).isEqualTo(QUESTION);
        }
    }

    private static int helloLength() {
        return new TlsCutTest().asking().wire.client().take().length;
    }

    private static void whole(byte[] bytes, MemoryTransport to) {
        if (bytes.length > 0) {
            to.deliver(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("TLS-10: a stream that ends at any point of handshake or data is lost, and the reason says so")
    void tellsTruncationAnywhere(TlsVersion spoken) {
        long whole = allOfTheServers(spoken);
        for (long end = 0; end < whole - 100; end += end < 1500 ? 7 : 977) { // lengths differ a little
            TlsCutTest test = in(spoken);
            test.cutOff(end);
            assertThat(test.client.reason.value())
                    .as("cut off after " + end + " of " + whole)
                    .isInstanceOf(TlsTruncated.class)
                    .isInstanceOf(ConnectionLost.class);
        }
        TlsCutTest test = in(spoken);
        test.cutOff(Long.MAX_VALUE);
        assertThat(test.client.reason.value()).isInstanceOf(ConnectionDone.class);
        assertThat(test.client.received()).isEqualTo(ANSWER);
    }

    private static long allOfTheServers(TlsVersion spoken) {
        TlsCutTest test = in(spoken);
        long[] count = new long[1];
        TlsPair pair = test.asking();
        pair.flush((bytes, to) -> {
            count[0] += to == pair.wire.client() ? bytes.length : 0;
            whole(bytes, to);
        });
        return count[0];
    }

    @Test
    @DisplayName("TLS-10: and so is what the client sends, at the server")
    void tellsTruncationOfTheOtherDirection() {
        for (int end = 0; end < 3000; end += 11) {
            var test = new TlsCutTest();
            TlsPair pair = test.asking();
            test.server.whenReceived = test.server::take;
            int[] left = {end};
            pair.flush((bytes, to) -> {
                int passed = to == pair.wire.client() ? bytes.length : Math.min(left[0], bytes.length);
                left[0] -= to == pair.wire.client() ? 0 : passed;
                whole(Arrays.copyOf(bytes, passed), to);
            });
            pair.wire.server().deliverEnd();
            assertThat(test.server.reason.value()).as("cut off after " + end).isInstanceOf(TlsTruncated.class);
        }
    }

    /// The client sees the first bytes of the server's only, and then the end.
    private void cutOff(long end) {
        TlsPair pair = asking();
        long[] left = {end};
        pair.flush((bytes, to) -> {
            if (to == pair.wire.server()) {
                whole(bytes, to);
                return;
            }
            int passed = (int) Math.min(left[0], bytes.length);
            left[0] -= passed;
            whole(Arrays.copyOf(bytes, passed), to);
        });
        pair.wire.client().deliverEnd();
    }
}
