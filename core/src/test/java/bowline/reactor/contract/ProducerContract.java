package bowline.reactor.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.FileSender;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.protocol.Transport;
import bowline.protocol.TransportLimits;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Producers and consumers over a real connection (section 18).
public abstract class ProducerContract extends ConnectionContract {
    private static final int HIGH_WATER = TransportLimits.HIGH_WATER_BYTES;

    private final Talker server = new Talker();
    private final Talker client = new Talker();
    private final List<String> asked = new ArrayList<>();

    /// Only remembers what it is told.
    private class Obedient implements PushProducer {
        @Override
        public void pauseProducing() {
            asked.add("pause");
        }

        @Override
        public void resumeProducing() {
            asked.add("resume");
        }

        @Override
        public void stopProducing() {
            asked.add("stop");
        }
    }

    /// PRO-1, PRO-3, PRO-4, PRO-6: strictly above the mark, and back at zero
    @Test
    void pausesAboveTheHighWaterMarkAndResumesAtZero() {
        var producer = new Obedient() {
            @Override
            public void resumeProducing() {
                super.resumeProducing();
                assertEquals(0, server.transport().unsentBytes());
                server.transport().unregisterProducer();
                server.transport().loseConnection();
            }
        };
        server.onMade(it -> {
            it.transport().registerProducer(producer);
            it.transport().write(new byte[HIGH_WATER]);
            assertEquals(List.of(), asked);
            it.transport().write(new byte[1]);
            it.transport().write(new byte[1]);
            assertEquals(List.of("pause"), asked);
        });
        converse(server, client);

        assertEquals(List.of("pause", "resume"), asked);
        assertEquals(HIGH_WATER + 2, client.heard.size());
    }

    /// PRO-1, PRO-2, PRO-5
    @Test
    void asksAPullProducerEachTimeTheBufferIsEmpty() {
        server.onMade(it -> it.transport().registerProducer(new PullProducer() {
            private int made;

            @Override
            public void produceMore() {
                asked.add("unsent " + it.transport().unsentBytes());
                if (made++ < 3) {
                    it.say("piece" + made + " ");
                } else {
                    it.transport().unregisterProducer();
                    it.transport().loseConnection();
                }
            }

            @Override
            public void stopProducing() {
                asked.add("stop");
            }
        }));
        converse(server, client);

        assertEquals(List.of("unsent 0", "unsent 0", "unsent 0", "unsent 0"), asked);
        assertEquals("piece1 piece2 piece3 ", client.heard());
    }

    /// PRO-2
    @Test
    void takesOneProducerAtATime() {
        server.onMade(it -> {
            it.transport().registerProducer(new Obedient());
            assertThrows(IllegalStateException.class, () -> it.transport().registerProducer(new Obedient()));
            it.transport().unregisterProducer();
            it.transport().registerProducer(new Obedient());
            it.transport().unregisterProducer();
            it.transport().loseConnection();
        });
        server.onLost(it -> it.transport().registerProducer(new Obedient()));
        converse(server, client);

        assertEquals(List.of("stop"), asked, "a producer on a dead consumer is stopped");
    }

    /// TLS-8: a producer moves to the layer that comes between
    @Test
    void givesItsProducerUp() {
        var producer = new Obedient();
        server.onMade(it -> {
            assertNull(it.transport().takeProducer());
            it.transport().registerProducer(producer);
            it.transport().write(new byte[65_537 + 2 * 16_367]); // TLS passes on what it has joined
            reactor.callLater(Duration.ofMillis(1), () -> {
                asked.add("taken");
                Transport.HandedProducer taken = it.transport().takeProducer();
                assertSame(producer, taken.producer());
                assertNull(it.transport().takeProducer());
                it.transport().loseConnection();
            });
        });
        converse(server, client);

        assertEquals(
                List.of("pause", "taken"),
                asked.stream().filter(what -> !what.equals("resume")).toList());
        assertEquals(ConnectionDone.class, server.end());
    }

    /// PRO-7
    @Test
    void stopsTheProducerWhenTheConnectionIsLost() {
        server.onMade(it -> it.transport().registerProducer(new Obedient()));
        server.onLost(it -> asked.add("lost"));
        client.onMade(it -> it.transport().loseConnection());
        converse(server, client);

        assertEquals(List.of("stop", "lost"), asked);
    }

    /// PRO-8: even an unpaused push producer is waited for, and its bytes are sent
    @Test
    void closesOnlyWhenTheProducerHasUnregistered() {
        server.onMade(it -> {
            it.transport().registerProducer(new Obedient());
            it.transport().loseConnection();
            reactor.callLater(Duration.ofMillis(10), () -> {
                assertTrue(it.transport().disconnecting());
                it.say("produced late");
                it.transport().unregisterProducer();
            });
        });
        converse(server, client);

        assertEquals("produced late", client.heard());
        assertEquals(List.of(), asked);
        assertEquals(ConnectionDone.class, server.end());
    }

    /// PRO-8: the way out
    @Test
    void abortsInSpiteOfAProducer() {
        server.onMade(it -> {
            it.transport().registerProducer(new Obedient());
            it.transport().loseConnection();
            it.transport().abortConnection();
        });
        converse(server, client);

        assertEquals(List.of("stop"), asked);
    }

    /// TRA-19: a producer that cannot go on has its consumer close, without waiting for it
    @Test
    void stopsConsuming() {
        server.onMade(it -> {
            it.transport().registerProducer(new Obedient());
            it.say("the first half");
            it.transport().stopConsuming();
            assertTrue(it.transport().disconnecting());
        });
        converse(server, client);

        assertEquals("the first half", client.heard());
        assertEquals(ConnectionDone.class, server.end());
        assertEquals(List.of(), asked, "the producer is not asked for anything any more");
    }

    /// PRO-9
    @Test
    void isAProducerItself() {
        server.onMade(it -> it.transport().stopProducing());
        converse(server, client);

        assertEquals(ConnectionDone.class, server.end());
    }

    /// PRO-11
    @Test
    void sendsAStreamThroughAFileSender() {
        var bytes = new byte[100_000];
        new Random(3).nextBytes(bytes);
        var last = new ArrayList<Integer>();
        server.onMade(it -> new FileSender()
                .beginFileTransfer(new ByteArrayInputStream(bytes), it.transport())
                .onSuccess(last::add)
                .onBoth(it.transport()::loseConnection));
        converse(server, client);

        assertArrayEquals(bytes, client.heard.toByteArray());
        assertEquals(List.of(bytes[bytes.length - 1] & 0xff), last);
    }

    /// Exactly the limit may wait, one byte more may not; and write itself never throws.
    @Test
    void losesTheConnectionWhenTooMuchWaits() {
        listenOptions = listenOptions.limits(TransportLimits.DEFAULT.outboundMaxBytes(100_000));
        server.onMade(it -> {
            it.transport().write(new byte[100_000]);
            assertEquals(100_000, it.transport().unsentBytes());
            it.transport().write(new byte[1]);
            it.transport().write(new byte[1]);
            assertFalse(it.transport().unsentBytes() > 0);
        });
        converse(server, client);

        assertEquals(ConnectionLost.class, server.end());
        assertTrue(server.reason.message().contains("outboundMaxBytes = 100000"), server.reason.message());
        assertEquals(0, client.heard.size());
    }
}
