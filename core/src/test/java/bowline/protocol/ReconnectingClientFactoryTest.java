package bowline.protocol;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.log.CapturedLogs;
import bowline.testing.MemoryConnector;
import bowline.testing.MemoryReactor;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Section 20, Reconnecting factory.
class ReconnectingClientFactoryTest {
    private static final RetryDelays DOUBLING =
            new RetryDelays(ofSeconds(1), 2, 0, ofSeconds(10), RetryDelays.UNLIMITED);

    private final MemoryReactor reactor = new MemoryReactor();

    private static final class Client extends ReconnectingClientFactory<Protocol> {
        Client(MemoryReactor reactor, RetryDelays delays) {
            super(reactor, new Random(1), delays);
        }

        @Override
        public Protocol buildProtocol(Address peer) {
            return new Protocol();
        }
    }

    private static ConnectionRefused refused() {
        return new ConnectionRefused("nobody home");
    }

    private MemoryConnector connect(Client client) {
        return (MemoryConnector) reactor.connectTcp("poet", 7, client);
    }

    /// The present wait, found by waiting for it.
    private Duration waitForAttempt(MemoryConnector connector) {
        int before = connector.attempts();
        long start = reactor.nanos();
        reactor.advance(
                Duration.ofNanos(reactor.delayedCalls().iterator().next().time() - start));
        assertEquals(before + 1, connector.attempts());
        return Duration.ofNanos(reactor.nanos() - start);
    }

    /// REC-1
    @Test
    void hasTwistedsConstants() {
        var delays = RetryDelays.DEFAULT;

        assertEquals(ofSeconds(1), delays.initial());
        assertEquals(2.718281828459045, delays.factor());
        assertEquals(0.119626565582, delays.jitter());
        assertEquals(ofSeconds(3600), delays.max());
        assertEquals(RetryDelays.UNLIMITED, delays.maxRetries());
    }

    /// REC-2, REC-3, REC-7 (all waits are on the given clock, which is played here): the first wait is the initial
    /// one, and each further one longer up to the longest.
    @Test
    void waitsLongerFromAttemptToAttempt() {
        var client = new Client(reactor, DOUBLING);
        var connector = connect(client);
        for (int expected : new int[] {1, 2, 4, 8, 10, 10}) {
            connector.fail(refused());
            assertEquals(ofSeconds(expected), waitForAttempt(connector));
        }

        assertEquals(6, client.retries());
        assertEquals(1, client.users(), "the factory was stopped once for each failure and started again");
    }

    /// REC-2
    @Test
    void comesBackAfterALostConnectionToo() {
        var connector = connect(new Client(reactor, DOUBLING));
        connector.succeed().close();

        assertEquals(ofSeconds(1), waitForAttempt(connector));
    }

    /// REC-2: on both sides of the limit.
    @Test
    void givesUpAfterTheLastRetry() {
        var client = new Client(reactor, DOUBLING.maxRetries(2));
        var connector = connect(client);
        connector.fail(refused());
        waitForAttempt(connector);
        connector.fail(refused());
        waitForAttempt(connector);
        connector.fail(refused());

        assertTrue(reactor.delayedCalls().isEmpty());
        assertEquals(2, client.retries());
        assertEquals(0, client.users());
    }

    /// REC-3: jittered around the base, within the bounds, and the base grows without jitter.
    @Test
    void spreadsItsWaits() {
        var delays = new RetryDelays(ofSeconds(1), 1, 0.5, ofMillis(1200), RetryDelays.UNLIMITED);
        var connector = connect(new Client(reactor, delays));
        double sum = 0;
        int atMost = 0;
        for (int i = 0; i < 300; i++) {
            connector.fail(refused());
            Duration wait = waitForAttempt(connector);
            assertTrue(wait.compareTo(ofMillis(1200)) <= 0 && !wait.isNegative(), wait::toString);
            atMost += wait.equals(ofMillis(1200)) ? 1 : 0;
            sum += wait.toMillis();
        }

        assertTrue(sum / 300 > 800 && sum / 300 < 1000, "cut at the top, the mean is less than 1 s: " + sum / 300);
        assertTrue(atMost > 50, "a third is cut at the top");
    }

    /// REC-4
    @Test
    void startsAnewAfterAReset() {
        var client = new Client(reactor, DOUBLING);
        var connector = connect(client);
        connector.fail(refused());
        waitForAttempt(connector);
        client.resetDelay();
        connector.fail(refused());

        assertEquals(1, client.retries());
        assertEquals(ofSeconds(1), waitForAttempt(connector));
    }

    /// REC-5
    @Test
    void stopsWaitingWhenTold() {
        var client = new Client(reactor, DOUBLING);
        var connector = connect(client);
        connector.fail(refused());
        client.stopTrying();

        assertTrue(reactor.delayedCalls().isEmpty());
        assertFalse(client.trying());
        connector.connect();
        connector.fail(refused());
        assertTrue(reactor.delayedCalls().isEmpty(), "it stays stopped");
        client.resetDelay();
        assertTrue(client.trying());
    }

    /// REC-5
    @Test
    void endsTheAttemptUnderWayWhenTold() {
        var client = new Client(reactor, DOUBLING);
        var connector = connect(client);
        client.stopTrying();

        assertTrue(connector.stopConnectingCalled());
        assertTrue(reactor.delayedCalls().isEmpty());
    }

    /// REC-6
    @Test
    void cannotRetryWhatItNeverTried() {
        assertThrows(IllegalStateException.class, () -> new Client(reactor, DOUBLING).retry());
    }

    /// REC-6
    @Test
    void tellsTheLogWhatItDoesIfNoisy() {
        var client = new Client(reactor, DOUBLING.maxRetries(1));
        var connector = connect(client);
        try (var log = CapturedLogs.open()) {
            connector.fail(refused());
            assertTrue(
                    log.texts().getFirst().endsWith(" will retry in 1.0 seconds"),
                    log.texts().toString());
            waitForAttempt(connector);
            connector.fail(refused());
            assertTrue(
                    log.texts().stream().anyMatch(text -> text.endsWith(" after 1 retries.")),
                    log.texts().toString());
        }
        client.resetDelay();
        client.noisy(false);
        try (var log = CapturedLogs.open()) {
            client.retry();
            assertTrue(log.texts().isEmpty());
        }
    }

    @Test
    void checksItsOptions() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RetryDelays(ofSeconds(2), 2, 0, ofSeconds(1), RetryDelays.UNLIMITED));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RetryDelays(ofSeconds(1), 0.5, 0, ofSeconds(1), RetryDelays.UNLIMITED));
        assertThrows(IllegalArgumentException.class, () -> DOUBLING.maxRetries(-1));
    }
}
