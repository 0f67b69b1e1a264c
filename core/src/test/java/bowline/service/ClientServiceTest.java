package bowline.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.CancelledError;
import bowline.defer.Deferred;
import bowline.endpoint.Echoes;
import bowline.endpoint.FakeReactor;
import bowline.endpoint.TcpClientEndpoint;
import bowline.failure.Failure;
import bowline.log.CapturedLogs;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import bowline.protocol.ConnectionRefused;
import bowline.protocol.Connector;
import bowline.testing.MemoryTransport;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Section 35: one connection, kept up.
class ClientServiceTest {
    private final FakeReactor fake = new FakeReactor();
    private final Echoes echoes = new Echoes();
    private final TcpClientEndpoint endpoint = new TcpClientEndpoint(fake.reactor, "10.0.0.1", 7);
    private final ClientService<Echoes.Echo> service =
            new ClientService<>(fake.reactor, endpoint, echoes, failures -> Duration.ofSeconds(failures));

    private FakeReactor.Attempt last() {
        return fake.attempts.getLast();
    }

    private MemoryTransport connect() throws Exception {
        service.start();
        return last().succeed();
    }

    private void refuse() {
        last().fail(new ConnectionRefused("refused"));
    }

    private static Throwable failure(Deferred<?> deferred) {
        assertTrue(deferred.hasResult(), "has a result");
        var failure = assertInstanceOf(Failure.class, deferred.result());
        deferred.addErrback(_ -> null);
        return failure.value();
    }

    @Test
    @DisplayName("CLS-2: 1.5^n seconds, at most 60, and up to a second more by chance")
    void retryPolicy() {
        RetryPolicy steady =
                new ExponentialRetry(Duration.ofSeconds(1), 1.5, Duration.ofSeconds(60), Duration.ZERO, new Random(1));
        assertEquals(Duration.ofMillis(1500), steady.delay(1));
        assertEquals(Duration.ofMillis(2250), steady.delay(2));
        assertEquals(Duration.ofMillis(3375), steady.delay(3));
        assertEquals(57_665, steady.delay(10).toMillis());
        assertEquals(Duration.ofSeconds(60), steady.delay(11));
        assertEquals(Duration.ofSeconds(60), steady.delay(Integer.MAX_VALUE));

        long seed = System.nanoTime();
        RetryPolicy usual = RetryPolicy.exponential(new Random(seed));
        for (int i = 0; i < 1000; i++) {
            Duration delay = usual.delay(1);
            assertTrue(delay.toMillis() >= 1500 && delay.toMillis() < 2500, delay + ", seed " + seed);
        }
    }

    @Test
    @DisplayName("CLS-1, CLS-2: failed attempts are followed by others, after what the policy says")
    void retries() throws Exception {
        service.start();
        try (var logs = CapturedLogs.open()) {
            refuse();
            assertEquals(
                    List.of(LogLevel.INFO),
                    logs.events().stream()
                            .filter(event -> event.text().contains("10.0.0.1:7"))
                            .map(LogEvent::level)
                            .toList(),
                    () -> logs.texts().toString());
        }
        fake.advance(Duration.ofMillis(999));
        assertEquals(1, fake.attempts.size());
        fake.advance(Duration.ofMillis(1));
        assertEquals(2, fake.attempts.size());
        refuse();
        fake.advance(Duration.ofSeconds(2));
        assertEquals(3, fake.attempts.size());
    }

    @Test
    @DisplayName("CLS-2, CLS-7: success resets the count; loss leads to a wait and another attempt")
    void lossLeadsToAnotherAttempt() throws Exception {
        service.start();
        refuse();
        fake.advance(Duration.ofSeconds(1));
        last().succeed().close();
        fake.advance(Duration.ofSeconds(1));

        assertEquals(3, fake.attempts.size());
    }

    @Test
    @DisplayName("CLS-3, CLS-4: whenConnected answers with the user's protocol, now or when there is one")
    void whenConnected() throws Exception {
        Deferred<Echoes.Echo> early = service.whenConnected();
        MemoryTransport transport = connect();
        Deferred<Echoes.Echo> late = service.whenConnected();

        assertSame(echoes, ((Echoes.Echo) early.result()).factory());
        assertSame(early.result(), late.result());
        transport.close();
        assertFalse(service.whenConnected().called());
    }

    @Test
    @DisplayName("CLS-3: it fails with the last failure after so many failures since the call")
    void failAfterFailures() {
        service.start();
        refuse();
        Deferred<Echoes.Echo> impatient = service.whenConnected(2);
        Deferred<Echoes.Echo> patient = service.whenConnected();
        fake.advance(Duration.ofSeconds(1));
        refuse();
        assertFalse(impatient.called());
        fake.advance(Duration.ofSeconds(2));
        refuse();

        assertInstanceOf(ConnectionRefused.class, failure(impatient));
        assertFalse(patient.called());
    }

    @Test
    @DisplayName("CLS-3, CLS-6: stopping cancels those who wait, and later ones at once")
    void stoppingCancelsWaiters() {
        service.start();
        Deferred<Echoes.Echo> waiting = service.whenConnected();
        Deferred<@Nullable Void> stop = service.stop();

        assertInstanceOf(CancelledError.class, failure(waiting));
        assertInstanceOf(CancelledError.class, failure(service.whenConnected()));
        assertTrue(stop.hasResult());
        assertEquals(Connector.State.DISCONNECTED, last().state());
    }

    @Test
    @DisplayName("CLS-6: stopping cancels a planned attempt")
    void stoppingCancelsTheRetry() {
        service.start();
        refuse();

        assertTrue(service.stop().hasResult());
        assertTrue(fake.clock.delayedCalls().isEmpty());
    }

    @Test
    @DisplayName("CLS-6: stopping closes the connection and waits for its end")
    void stoppingClosesTheConnection() throws Exception {
        MemoryTransport transport = connect();
        Deferred<@Nullable Void> stop = service.stop();

        assertTrue(transport.disconnecting());
        assertFalse(stop.hasResult());
        transport.close();
        assertTrue(stop.hasResult());
        fake.advance(Duration.ofMinutes(5));
        assertEquals(1, fake.attempts.size());
    }

    @Test
    @DisplayName("CLS-6: starting while stopping connects anew once the old connection is gone")
    void startWhileStopping() throws Exception {
        MemoryTransport transport = connect();
        Deferred<@Nullable Void> stop = service.stop();
        service.start();
        Deferred<Echoes.Echo> anew = service.whenConnected();
        assertEquals(1, fake.attempts.size());
        assertFalse(anew.called(), "the old connection is none to work with");
        transport.close();

        assertTrue(stop.hasResult());
        assertEquals(2, fake.attempts.size());
        MemoryTransport second = last().succeed();
        assertSame(second, ((Echoes.Echo) anew.result()).transport());
    }

    @Test
    @DisplayName("CLS-7: starting twice is one start, and a warning")
    void startTwice() {
        service.start();
        try (var logs = CapturedLogs.open()) {
            service.start();
            assertEquals(
                    List.of(LogLevel.WARN),
                    logs.events().stream().map(LogEvent::level).toList());
        }

        assertEquals(1, fake.attempts.size());
    }

    @Test
    @DisplayName("CLS-5: a connection counts once it is prepared; a failure closes it and counts")
    void preparation() throws Exception {
        Deferred<Boolean> ready = new Deferred<>();
        var prepared = new ClientService<>(
                fake.reactor, endpoint, echoes, failures -> Duration.ofSeconds(failures), _ -> ready);
        prepared.start();
        MemoryTransport transport = last().succeed();
        Deferred<Echoes.Echo> impatient = prepared.whenConnected(1);
        assertFalse(impatient.called());
        ready.errback(new IllegalStateException("no login"));

        assertInstanceOf(IllegalStateException.class, failure(impatient));
        assertTrue(transport.disconnecting());
        transport.close();
        fake.advance(Duration.ofSeconds(1));
        assertEquals(2, fake.attempts.size());
    }

    @Test
    @DisplayName("CLS-5: those who wait get the protocol once it is prepared, not before")
    void preparedConnectionsCount() throws Exception {
        Deferred<Boolean> ready = new Deferred<>();
        var prepared = new ClientService<>(fake.reactor, endpoint, echoes, Duration::ofSeconds, _ -> ready);
        Deferred<Echoes.Echo> waiting = prepared.whenConnected();
        prepared.start();
        MemoryTransport transport = last().succeed();
        assertFalse(waiting.called());
        ready.callback(true);

        assertSame(transport, ((Echoes.Echo) waiting.result()).transport());
        assertFalse(transport.disconnecting());
    }

    @Test
    @DisplayName("CLS-5: loss during the preparation cancels it and counts as a failed attempt")
    void lossDuringPreparation() throws Exception {
        Deferred<Boolean> ready = new Deferred<>();
        var prepared = new ClientService<>(
                fake.reactor, endpoint, echoes, failures -> Duration.ofSeconds(failures), _ -> ready);
        prepared.start();
        last().succeed().close();

        assertTrue(ready.called(), "cancelled");
        fake.advance(Duration.ofSeconds(1));
        assertEquals(2, fake.attempts.size());
    }

    @Test
    @DisplayName("CLS-3, CAN-2: who gives up waiting is not told any more, nor by another who waited")
    void givingUp() throws Exception {
        Deferred<Echoes.Echo> first = service.whenConnected();
        Deferred<Echoes.Echo> second = service.whenConnected();
        Deferred<Echoes.Echo> third = service.whenConnected();
        first.cancel();
        second.onSuccess(_ -> third.cancel());
        connect();

        assertInstanceOf(CancelledError.class, failure(first));
        assertTrue(second.hasResult());
        assertInstanceOf(CancelledError.class, failure(third));
    }

    @Test
    void theEarlierDeadlineHolds() throws Exception {
        MemoryTransport transport = connect();
        service.drain(Duration.ofSeconds(5));
        service.drain(Duration.ofSeconds(50));
        service.drain(Duration.ofSeconds(2));
        fake.advance(Duration.ofSeconds(2));

        assertTrue(transport.disconnected());
    }

    @Test
    void drainingAbortsAfterTheDeadline() throws Exception {
        MemoryTransport transport = connect();
        Deferred<@Nullable Void> stop = service.drain(Duration.ofSeconds(3));
        fake.advance(Duration.ofSeconds(3));
        assertTrue(transport.disconnected());
        transport.close();

        assertTrue(stop.hasResult());
    }
}
