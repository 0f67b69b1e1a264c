package bowline.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.defer.Deferred;
import bowline.endpoint.Echoes;
import bowline.endpoint.FakeReactor;
import bowline.endpoint.ServerEndpoint;
import bowline.log.CapturedLogs;
import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.protocol.Drainable;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ListeningPort;
import bowline.testing.MemoryTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// SVC-6: a service that accepts connections, and how it ends them.
class ServerServiceTest {
    private final FakeReactor fake = new FakeReactor();
    private final Echoes echoes = new Echoes();
    private final ServerService service = ServerService.of(fake.reactor, "tcp:7", echoes);

    @Test
    void bindsInThePrivilegedPhaseAndNotAgainInStart() {
        service.privilegedStart();
        assertEquals(new Address.IPv4(Address.Carrier.TCP, "0.0.0.0", 7), service.host());
        service.start();

        assertEquals(1, fake.ports.size());
    }

    @Test
    void bindsInStartWhenThereWasNoPrivilegedPhase() {
        service.start();

        assertEquals(1, fake.ports.size());
    }

    @Test
    void aServiceFromAStringThrowsWhenItCannotListen() {
        fake.taken.add(7);

        assertThrows(CannotListenError.class, service::privilegedStart);
        assertNull(service.host());
        fake.taken.clear();
        service.start();
        assertEquals(7, fake.ports.getFirst().port);
    }

    @Test
    void aServiceFromAnEndpointLogsIt() {
        fake.taken.add(7);
        try (var logs = CapturedLogs.open()) {
            new ServerService(ServerEndpoint.of(fake.reactor, "tcp:7"), echoes).start();

            assertEquals(1, logs.failures().size());
            assertEquals(CannotListenError.class, logs.failures().getFirst().type());
        }
        assertEquals(List.of(), fake.ports);
    }

    @Test
    void stoppingWithoutConnectionsWaitsForThePortOnly() {
        service.start();
        Deferred<@Nullable Void> end = service.stop();

        assertTrue(fake.ports.getFirst().stopping);
        assertFalse(end.hasResult());
        fake.ports.getFirst().stopped.callback(null);
        assertTrue(end.hasResult());
        assertNull(service.host());
        assertEquals(1, echoes.stopped);
    }

    @Test
    void stoppingCancelsAPendingListen() {
        Deferred<ListeningPort> pending = new Deferred<>();
        ServerService slow = new ServerService(_ -> pending, echoes);
        slow.start();
        Deferred<@Nullable Void> end = slow.stop();

        assertTrue(pending.called(), "cancelled");
        assertTrue(end.hasResult());
    }

    @Test
    void canBeStartedAgain() {
        service.start();
        service.stop();
        service.start();

        assertEquals(2, fake.ports.size());
        assertFalse(fake.ports.getLast().stopping);
    }

    @Test
    void protocolsAreTheProgramsOwn() throws Exception {
        service.start();
        MemoryTransport transport = fake.ports.getFirst().accept();
        transport.deliver("hello");

        assertEquals("hello", transport.text());
        assertEquals(1, service.connectionCount());
        transport.close();
        assertEquals(0, service.connectionCount());
    }

    @Test
    void itsNameStandsBeforeThoseOfTheFactoryAndTheProtocol() throws Exception {
        service.logName("web");
        service.start();
        Factory<?> factory = fake.ports.getFirst().factory;

        assertEquals("web/" + echoes.logPrefix(), factory.logPrefix());
        Protocol protocol = factory.build(new Address.Hostname("peer", 1));
        assertTrue(protocol.logPrefix().startsWith("web/"), protocol.logPrefix());
    }

    /// Draining: what happens to connections that are open when the service stops.
    @Nested
    class Drain {
        private final List<String> seen = new ArrayList<>();
        private final ServerService polite = ServerService.of(fake.reactor, "tcp:8", Factory.of(() -> new Polite()));

        private final class Polite extends Protocol implements Drainable {
            @Override
            public void drain() {
                seen.add("drain");
            }
        }

        private MemoryTransport connection(ServerService server) throws Exception {
            server.start();
            fake.ports.getLast().stopped.callback(null);
            return transport(fake.ports.getLast());
        }

        private MemoryTransport transport(FakeReactor.Port port) throws Exception {
            Protocol built = port.factory.build(new Address.IPv4(Address.Carrier.TCP, "127.0.0.1", 40000));
            return MemoryTransport.connect(built, fake.clock);
        }

        @Test
        void asksThoseThatCanAndWaits() throws Exception {
            MemoryTransport transport = connection(polite);
            Deferred<@Nullable Void> end = polite.stop();

            assertEquals(List.of("drain"), seen);
            assertFalse(end.hasResult());
            transport.close();
            assertTrue(end.hasResult());
            assertTrue(fake.clock.delayedCalls().isEmpty(), "no timer is left");
        }

        @Test
        void leavesTheOthersAloneUntilTheDeadline() throws Exception {
            MemoryTransport transport = connection(service);
            Deferred<@Nullable Void> end = service.drain(Duration.ofSeconds(3));
            transport.deliver("still here");
            assertEquals("still here", transport.text());
            assertFalse(transport.disconnecting());

            fake.advance(Duration.ofSeconds(3).minusNanos(1));
            assertTrue(transport.connected());
            fake.advance(Duration.ofNanos(1));
            assertTrue(transport.disconnected());
            assertFalse(end.hasResult());
            transport.close();
            assertTrue(end.hasResult());
        }

        @Test
        void stoppingGivesTenSeconds() throws Exception {
            MemoryTransport transport = connection(service);
            service.stop();

            fake.advance(Duration.ofSeconds(10).minusNanos(1));
            assertTrue(transport.connected());
            fake.advance(Duration.ofNanos(1));
            assertTrue(transport.disconnected());
        }

        @Test
        void zeroAbortsAtOnceAlsoWhenDraining() throws Exception {
            MemoryTransport transport = connection(polite);
            Deferred<@Nullable Void> end = polite.stop();
            Deferred<@Nullable Void> second = polite.drain(Duration.ZERO);

            assertTrue(transport.disconnected());
            transport.close();
            assertTrue(end.hasResult());
            assertTrue(second.hasResult());
            assertEquals(List.of("drain"), seen);
        }

        @Test
        void theEarlierDeadlineHolds() throws Exception {
            MemoryTransport transport = connection(polite);
            polite.drain(Duration.ofSeconds(5));
            polite.drain(Duration.ofSeconds(50));
            polite.drain(Duration.ofSeconds(2));
            fake.advance(Duration.ofSeconds(2));

            assertTrue(transport.disconnected());
        }

        @Test
        void takesInThoseWhoWaitUntilThePortIsClosedAndThenAsksThemToo() throws Exception {
            polite.start();
            FakeReactor.Port port = fake.ports.getLast();
            Deferred<@Nullable Void> end = polite.stop();
            MemoryTransport waited = transport(port);
            assertEquals(List.of(), seen);
            port.stopped.callback(null);

            assertEquals(List.of("drain"), seen);
            assertFalse(end.hasResult());
            assertNull(port.factory.build(new Address.Hostname("late", 1)));
            waited.close();
            assertTrue(end.hasResult());
        }

        @Test
        void takesInNobodyWhenItAbortsAtOnce() throws Exception {
            polite.start();
            FakeReactor.Port port = fake.ports.getLast();
            polite.drain(Duration.ZERO);

            assertNull(port.factory.build(new Address.Hostname("late", 1)));
        }

        @Test
        void aDrainThatIsCutShortAbortsThoseWhoWereTakenIn() throws Exception {
            polite.start();
            FakeReactor.Port port = fake.ports.getLast();
            Deferred<@Nullable Void> end = polite.stop();
            MemoryTransport waited = transport(port);
            polite.drain(Duration.ZERO);
            assertTrue(waited.disconnected());
            waited.close();
            port.stopped.callback(null);

            assertTrue(end.hasResult());
        }

        @Test
        void aProtocolThatFailsToDrainIsAborted() throws Exception {
            class Broken extends Protocol implements Drainable {
                @Override
                public void drain() {
                    throw new IllegalStateException("no");
                }
            }
            ServerService broken = ServerService.of(fake.reactor, "tcp:9", Factory.of(Broken::new));
            MemoryTransport transport = connection(broken);
            broken.stop();

            assertTrue(transport.disconnected());
        }
    }
}
