package bowline.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ConnectTimeout;
import bowline.protocol.ConnectionLost;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.Connector;
import bowline.protocol.DnsLookupError;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// HEY-1 to HEY-8: racing the addresses of a name.
class HostnameEndpointTest {
    private static final Duration DELAY = Duration.ofMillis(300);

    private final FakeReactor fake = new FakeReactor();
    private final Echoes echoes = new Echoes();

    private Deferred<Echoes.Echo> connect(HappyEyeballs options, String... addresses) {
        Deferred<Echoes.Echo> connected =
                new HostnameEndpoint(fake.reactor, "example.com", 80, options).connect(echoes);
        found(addresses);
        return connected;
    }

    private void found(String... addresses) {
        fake.addresses.callback(
                Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
    }

    private List<String> hosts() {
        return fake.attempts.stream().map(attempt -> attempt.host).toList();
    }

    private static Throwable failure(Deferred<?> deferred) {
        assertTrue(deferred.hasResult(), "has a result");
        var failure = assertInstanceOf(Failure.class, deferred.result());
        deferred.addErrback(_ -> null);
        return failure.value();
    }

    /// HEY-2: a grid of attempts in the resolver's order.
    @Nested
    class Strict {
        private final HappyEyeballs strict = HappyEyeballs.DEFAULT.strictly();

        @Test
        void triesOneAddressEachDelayInTheResolversOrder() {
            connect(strict, "10.0.0.1", "10.0.0.2", "::1");

            assertEquals(List.of("10.0.0.1"), hosts());
            fake.advance(DELAY);
            assertEquals(List.of("10.0.0.1", "10.0.0.2"), hosts());
            fake.advance(DELAY);
            assertEquals(List.of("10.0.0.1", "10.0.0.2", "0:0:0:0:0:0:0:1"), hosts());
            fake.advance(DELAY);
            assertEquals(3, fake.attempts.size());
        }

        @Test
        void aQuickFailureDoesNotStartTheNextEarlier() {
            Deferred<Echoes.Echo> connected = connect(strict, "10.0.0.1", "10.0.0.2");
            fake.attempts.getFirst().fail(new ConnectionRefused("refused"));

            assertFalse(connected.called());
            assertEquals(1, fake.attempts.size());
            fake.advance(DELAY);
            assertEquals(2, fake.attempts.size());
        }

        @Test
        @DisplayName("HEY-7: the time-out is each attempt's; there is no deadline for all")
        void theTimeoutIsEachAttempts() {
            Deferred<Echoes.Echo> connected = connect(strict, "10.0.0.1", "10.0.0.2");
            fake.advance(Duration.ofHours(1));

            assertFalse(connected.called());
            assertEquals(
                    Duration.ofSeconds(30), fake.attempts.getFirst().options.timeout());
        }
    }

    /// HEY-3 [X]: RFC 8305.
    @Nested
    class Interleaved {

        @Test
        void familiesTakeTurnsBeginningWithTheFirstAddresss() {
            connect(HappyEyeballs.DEFAULT, "::1", "::2", "::3", "10.0.0.1", "10.0.0.2");
            for (int i = 0; i < 4; i++) {
                fake.advance(DELAY);
            }

            assertEquals(
                    List.of("0:0:0:0:0:0:0:1", "10.0.0.1", "0:0:0:0:0:0:0:2", "10.0.0.2", "0:0:0:0:0:0:0:3"), hosts());
        }

        @Test
        void aFailureStartsTheNextAtOnceAndTheDelayAnew() {
            connect(HappyEyeballs.DEFAULT, "10.0.0.1", "10.0.0.2", "10.0.0.3");
            fake.advance(Duration.ofMillis(200));
            fake.attempts.getFirst().fail(new ConnectionRefused("refused"));

            assertEquals(2, fake.attempts.size());
            fake.advance(Duration.ofMillis(299));
            assertEquals(2, fake.attempts.size());
            fake.advance(Duration.ofMillis(1));
            assertEquals(3, fake.attempts.size());
        }

        @Test
        @DisplayName("HEY-7 [X]: one deadline for all of it, look-up included")
        void theDeadlineIncludesTheLookUp() {
            HappyEyeballs options = HappyEyeballs.DEFAULT.deadline(Duration.ofSeconds(5));
            Deferred<Echoes.Echo> connected =
                    new HostnameEndpoint(fake.reactor, "example.com", 80, options).connect(echoes);
            fake.advance(Duration.ofSeconds(4));
            found("10.0.0.1", "10.0.0.2");
            var refused = new ConnectionRefused("refused");
            fake.attempts.getFirst().fail(refused);
            assertFalse(connected.called());
            fake.advance(Duration.ofSeconds(1));

            var timeout = assertInstanceOf(ConnectTimeout.class, failure(connected));
            assertSame(refused, timeout.getSuppressed()[0]);
            assertEquals(Connector.State.DISCONNECTED, fake.attempts.getLast().state());
        }

        @Test
        void aLookUpThatNeverAnswersEndsAtTheDeadline() {
            Deferred<Echoes.Echo> connected = new HostnameEndpoint(fake.reactor, "example.com", 80).connect(echoes);
            fake.advance(Duration.ofSeconds(30));

            assertInstanceOf(ConnectTimeout.class, failure(connected));
            assertTrue(fake.addresses.called(), "the look-up is cancelled");
        }
    }

    @Test
    @DisplayName("HEY-3: the first success wins, the others are cancelled")
    void theFirstSuccessWins() throws Exception {
        Deferred<Echoes.Echo> connected = connect(HappyEyeballs.DEFAULT, "10.0.0.1", "10.0.0.2", "10.0.0.3");
        fake.advance(DELAY);
        fake.attempts.get(1).succeed();

        assertInstanceOf(Echoes.Echo.class, connected.result());
        assertEquals(Connector.State.DISCONNECTED, fake.attempts.get(0).state());
        fake.advance(Duration.ofMinutes(1));
        assertEquals(2, fake.attempts.size());
        assertEquals(1, echoes.users());
        assertEquals(0, echoes.stopped);
        assertTrue(fake.clock.delayedCalls().isEmpty(), "no timer is left");
    }

    @Test
    @DisplayName("HEY-4: all failed: the last failure, with the others attached")
    void allFailed() {
        Deferred<Echoes.Echo> connected = connect(HappyEyeballs.DEFAULT, "10.0.0.1", "10.0.0.2");
        var first = new ConnectionRefused("first");
        var last = new ConnectionRefused("last");
        fake.attempts.get(0).fail(first);
        fake.attempts.get(1).fail(last);

        assertSame(last, failure(connected));
        assertEquals(List.of(first), List.of(last.getSuppressed()));
        assertEquals(1, echoes.started);
        assertEquals(1, echoes.stopped);
        assertTrue(fake.clock.delayedCalls().isEmpty(), "no timer is left");
    }

    @Test
    @DisplayName("HEY-5: no addresses: DnsLookupError")
    void noAddresses() {
        assertInstanceOf(DnsLookupError.class, failure(connect(HappyEyeballs.DEFAULT)));
    }

    @Test
    @DisplayName("HEY-5: literal addresses skip the look-up")
    void literals() {
        for (String literal : List.of("10.0.0.1", "::1", "fe80::1%1")) {
            new HostnameEndpoint(fake.reactor, literal, 80).connect(echoes);
        }

        assertEquals(List.of("10.0.0.1", "::1", "fe80::1%1"), hosts());
        assertEquals(List.of(), fake.lookUps);
        for (String name : List.of("1", "127.1", "1.2.3.256", "1.2.3.4.5", "10.0.0.1x")) {
            new HostnameEndpoint(fake.reactor, name, 80).connect(echoes);
        }
        assertEquals(5, fake.lookUps.size());
    }

    @Test
    @DisplayName("HEY-5, RES-7: names of any script are looked up in ASCII; bad text fails the Deferred")
    void names() {
        new HostnameEndpoint(fake.reactor, "B\u00fccher.example", 80).connect(echoes);
        new HostnameEndpoint(fake.reactor, "Bu\u0308cher.example", 80).connect(echoes);
        assertEquals(List.of("xn--bcher-kva.example", "xn--bcher-kva.example"), fake.lookUps);

        for (String bad : List.of(
                "", "a b", "a..b", ".", "a/b", "a\0b", "x".repeat(64), "\ud800", ("x".repeat(60) + ".").repeat(5))) {
            assertInstanceOf(
                    IllegalArgumentException.class,
                    failure(new HostnameEndpoint(fake.reactor, bad, 80).connect(echoes)),
                    bad);
        }
    }

    @Test
    @DisplayName("HEY-6: cancelling ends the look-up")
    void cancelEndsTheLookUp() {
        Deferred<Echoes.Echo> connected = new HostnameEndpoint(fake.reactor, "example.com", 80).connect(echoes);
        connected.cancel();

        var error = assertInstanceOf(ConnectingCancelledError.class, failure(connected));
        assertEquals(new Address.Hostname("example.com", 80), error.address());
        assertInstanceOf(CancelledError.class, error);
        assertTrue(fake.addresses.called());
        assertTrue(fake.clock.delayedCalls().isEmpty());
    }

    @Test
    @DisplayName("HEY-6: cancelling ends all attempts")
    void cancelEndsAllAttempts() {
        Deferred<Echoes.Echo> connected = connect(HappyEyeballs.DEFAULT, "10.0.0.1", "10.0.0.2", "10.0.0.3");
        fake.advance(DELAY);
        connected.cancel();

        assertInstanceOf(ConnectingCancelledError.class, failure(connected));
        assertTrue(fake.attempts.stream().allMatch(attempt -> attempt.state() == Connector.State.DISCONNECTED));
        fake.advance(DELAY);
        assertEquals(2, fake.attempts.size());
        assertEquals(1, echoes.stopped);
    }

    @Test
    @DisplayName("REA-9: a race ends with the reactor, even while the name is looked up")
    void endsWithTheReactor() throws Exception {
        Deferred<Echoes.Echo> connected = new HostnameEndpoint(fake.reactor, "example.com", 80).connect(echoes);
        fake.triggers.values().iterator().next().run();

        assertInstanceOf(ConnectionLost.class, failure(connected));
        assertTrue(fake.addresses.called());
        assertTrue(fake.clock.delayedCalls().isEmpty());
        assertEquals(1, echoes.stopped);
    }

    @Test
    @DisplayName("REA-9: a race that is over asks the reactor for nothing more")
    void leavesNoTrigger() throws Exception {
        connect(HappyEyeballs.DEFAULT, "10.0.0.1");
        fake.attempts.getFirst().succeed();

        assertTrue(fake.triggers.isEmpty());
    }

    @Test
    @DisplayName("HEY-8: every attempt comes from the bind address")
    void bindAddress() {
        connect(HappyEyeballs.DEFAULT.from("10.9.9.9", 0), "10.0.0.1");

        assertEquals(
                new Address.Hostname("10.9.9.9", 0),
                fake.attempts.getFirst().options.bindAddress());
    }
}
