package bowline.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.log.CapturedLogs;
import bowline.protocol.Address;
import bowline.protocol.Address.Carrier;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Drainable;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.WatchedProtocol;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// POL-2, POL-6, POL-7, G9: how many connections there may be.
class LimitsTest {
    private final ManualClock clock = new ManualClock();

    private static final class Plain extends Protocol implements Drainable {
        private int drained;

        @Override
        public void drain() {
            drained++;
        }
    }

    private static Address v4(String host) {
        return new Address.IPv4(Carrier.TCP, host, 4000);
    }

    private static Address v6(String host) {
        return new Address.IPv6(Carrier.TCP, host, 4000);
    }

    private static <P extends Protocol> P open(Factory<P> factory, Address peer) throws Exception {
        P protocol = factory.build(peer);
        assertNotNull(protocol);
        MemoryTransport.connect(protocol);
        return protocol;
    }

    private static void lose(Protocol protocol) {
        protocol.connectionLost(ConnectionDone.FAILURE);
    }

    @Test
    @DisplayName("POL-7: five connections a peer, and one that is lost makes room for one")
    void limitsByPeer() throws Exception {
        var factory = new LimitConnectionsByPeer<>(Factory.of(Plain::new));
        Protocol first = open(factory, v4("10.0.0.1"));
        for (int i = 1; i < LimitConnectionsByPeer.MAX_BY_PEER; i++) {
            open(factory, v4("10.0.0.1"));
        }
        assertNull(factory.build(v4("10.0.0.1")));
        open(factory, v4("10.0.0.2"));

        lose(first);
        open(factory, v4("10.0.0.1"));
        assertNull(factory.build(v4("10.0.0.1")));
    }

    @Test
    @DisplayName("G9: an IPv6 source is a /64")
    void ipv6SourcesAreNetworks() {
        var sources = new ConnectionsBySource(2);
        assertNotNull(sources.admit(v6("2001:db8:0:1::1")));
        ConnectionsBySource.Source second = sources.admit(v6("2001:db8:0:1:ffff::2"));
        assertNotNull(second);
        assertNull(second.host());
        assertNull(sources.admit(v6("2001:db8:0:1::3")));
        assertNotNull(sources.admit(v6("2001:db8:0:2::3")));
        assertEquals(2, sources.sources());

        second.leave();
        assertNotNull(sources.admit(v6("2001:db8:0:1::3")));
    }

    @Test
    @DisplayName("G9: a source without connections costs nothing; peers without an address are not one source")
    void forgetsSources() {
        var sources = new ConnectionsBySource(1);
        ConnectionsBySource.Source only = sources.admit(v4("10.0.0.1"));
        assertNotNull(only);
        assertEquals("10.0.0.1", only.host());
        only.leave();
        assertEquals(0, sources.sources());
        assertNotNull(sources.admit(new Address.Unix(null)));
        assertNotNull(sources.admit(new Address.Unix(null)));
        assertEquals(0, sources.sources());
    }

    @Test
    @DisplayName("POL-6: as many in all, those of the overflow counted too")
    void limitsTotal() throws Exception {
        var overflowing = new ArrayList<Plain>();
        Factory<Plain> overflow = Factory.of(() -> {
            overflowing.add(new Plain());
            return overflowing.getLast();
        });
        var factory = new LimitTotalConnections<>(Factory.of(Plain::new), 2, overflow, 1);
        Protocol first = open(factory, v4("10.0.0.1"));
        open(factory, v4("10.0.0.2"));
        assertEquals(0, overflowing.size());
        WatchedProtocol<Plain> told = open(factory, v4("10.0.0.3"));
        assertEquals(overflowing.getFirst(), told.inner());
        assertEquals(3, factory.open());
        assertNull(factory.build(v4("10.0.0.4")));

        lose(told);
        lose(first);
        assertEquals(1, factory.open());
        open(factory, v4("10.0.0.4"));
        assertEquals(1, overflowing.size());
    }

    @Test
    @DisplayName("POL-2: what the factory behind refuses, or fails to build, holds no place")
    void refusedBehindHoldsNoPlace() throws Exception {
        var refusing = new Factory<Plain>() {
            boolean failing;

            @Override
            public @Nullable Plain buildProtocol(Address peer) {
                if (failing) {
                    throw new IllegalStateException("broken");
                }
                return null;
            }
        };
        var byPeer = new LimitConnectionsByPeer<>(refusing, 1);
        var total = new LimitTotalConnections<>(refusing, 1);
        assertNull(byPeer.build(v4("10.0.0.1")));
        assertNull(total.build(v4("10.0.0.1")));
        refusing.failing = true;
        for (int i = 0; i < 3; i++) {
            assertThrows(IllegalStateException.class, () -> byPeer.build(v4("10.0.0.1")));
            assertThrows(IllegalStateException.class, () -> total.build(v4("10.0.0.1")));
        }
        assertEquals(0, total.open());
    }

    @Test
    @DisplayName("one limit behind the other still drains what is behind both")
    void passesDrainOn() throws Exception {
        var factory = new LimitTotalConnections<>(new LimitConnectionsByPeer<>(Factory.of(Plain::new), 1), 1);
        WatchedProtocol<WatchedProtocol<Plain>> outer = open(factory, v4("10.0.0.1"));
        outer.drain();

        assertEquals(1, outer.inner().inner().drained);
    }

    @Test
    @DisplayName("G9: a flood of refused connections is one line in ten seconds")
    void tellsTheLogNowAndThen() throws Exception {
        var factory = new LimitConnectionsByPeer<>(Factory.of(Plain::new), 1);
        try (var logs = CapturedLogs.open()) {
            WatchedProtocol<Plain> first = Objects.requireNonNull(factory.build(v4("10.0.0.1")));
            MemoryTransport.connect(first, clock);
            for (int i = 0; i < 1_000; i++) {
                assertNull(factory.build(v4("10.0.0.1")));
            }
            assertEquals(List.of("maxByPeer, 1, reached: 10.0.0.1:4000 is refused"), logs.texts());

            clock.advance(RefusalLog.QUIET);
            assertNull(factory.build(v4("10.0.0.1")));
            assertNull(factory.build(v4("10.0.0.1")));
            assertEquals(2, logs.texts().size());
            assertEquals(
                    "maxByPeer, 1, reached: 10.0.0.1:4000 is refused, and 999 were since this was last said",
                    logs.texts().getLast());
        }
    }

    @Test
    @DisplayName("POL-6, POL-7: siblings count together, as for several reactors")
    void siblingsCountTogether() throws Exception {
        var total = new LimitTotalConnections<>(Factory.of(Plain::new), 2);
        var otherTotal = total.sibling(Factory.of(Plain::new), null);
        Protocol first = open(total, v4("10.0.0.1"));
        open(otherTotal, v4("10.0.0.2"));
        assertNull(otherTotal.build(v4("10.0.0.3")));
        assertEquals(2, total.open());
        lose(first);
        open(otherTotal, v4("10.0.0.3"));

        var byPeer = new LimitConnectionsByPeer<>(Factory.of(Plain::new), 1);
        var otherByPeer = byPeer.sibling(Factory.of(Plain::new));
        open(byPeer, v4("10.0.0.1"));
        assertNull(otherByPeer.build(v4("10.0.0.1")));
        open(otherByPeer, v4("10.0.0.2"));
    }

    @Test
    @DisplayName("POL-6, POL-7: counts are right whatever threads count")
    void countsOnSeveralThreads() throws Exception {
        var count = new ConnectionCount();
        var sources = new ConnectionsBySource(3);
        var highest = new java.util.concurrent.atomic.AtomicInteger();
        try (var threads = java.util.concurrent.Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                threads.submit(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        ConnectionsBySource.Source source = sources.admit(v4("10.0.0." + i % 2));
                        int before = count.enter(3);
                        highest.accumulateAndGet(count.open(), Math::max);
                        if (before >= 0) {
                            count.leave();
                        }
                        if (source != null) {
                            source.leave();
                        }
                    }
                });
            }
        }
        assertEquals(0, count.open());
        assertEquals(0, sources.sources());
        assertTrue(highest.get() <= 3, () -> "open at once: " + highest);
    }
}
