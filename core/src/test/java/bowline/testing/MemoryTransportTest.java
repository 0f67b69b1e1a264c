package bowline.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.failure.Failure;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionDone;
import bowline.protocol.Producer;
import bowline.protocol.Protocol;
import bowline.protocol.PullProducer;
import bowline.testing.MemoryTransport.ProducerState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// TST-1 and TST-2, and what it means that unread bytes come back.
class MemoryTransportTest {

    /// Takes whole groups of three bytes, as many as it may.
    private static class Threes extends Protocol {
        final List<String> seen = new ArrayList<>();
        boolean pausesAfterEach;
        Failure lost;

        @Override
        public void dataReceived(ByteBuffer unread) {
            while (unread.remaining() >= 3) {
                byte[] three = new byte[3];
                unread.get(three);
                seen.add(new String(three, US_ASCII));
                if (pausesAfterEach) {
                    transport().pauseProducing();
                    return;
                }
            }
        }

        @Override
        public void connectionLost(Failure reason) {
            lost = reason;
        }
    }

    private final Threes threes = new Threes();
    private final MemoryTransport transport = MemoryTransport.connect(threes);

    /// TST-1
    @Test
    void keepsWhatIsWrittenUntilCleared() {
        transport.write("abc");
        transport.writeSequence(List.of(ByteBuffer.wrap(new byte[] {'d'}), ByteBuffer.wrap(new byte[] {'e'})));

        assertEquals("abcde", transport.text());
        transport.clear();
        assertEquals(0, transport.value().length);
        assertEquals("192.168.1.1:54321", transport.peer().toString());
        assertEquals("10.0.0.1:12345", transport.host().toString());
    }

    @Test
    void showsUnreadBytesAgainInFrontOfNewOnes() {
        transport.deliver("abcd");
        transport.deliver("e");
        assertEquals(2, transport.unreadBytes());
        transport.deliver("fgh");

        assertEquals(List.of("abc", "def"), threes.seen);
    }

    @Test
    void anyCuttingGivesTheSameBytes() {
        var sent = new byte[3000];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) ('a' + i % 26);
        }
        transport.deliver(sent);
        var byteByByte = new Threes();
        MemoryTransport.connect(byteByByte).deliverEachByte(sent);
        long seed = new Random().nextLong();
        var cut = new Threes();
        MemoryTransport.connect(cut).deliverCutAtRandom(sent, seed);

        assertEquals(threes.seen, byteByByte.seen);
        assertEquals(threes.seen, cut.seen, "seed " + seed);
    }

    @Test
    void overwritesTakenBytesAfterTheCall() {
        var kept = new ArrayList<ByteBuffer>();
        MemoryTransport.connect(new Protocol() {
                    @Override
                    public void dataReceived(ByteBuffer unread) {
                        kept.add(unread.slice());
                        super.dataReceived(unread);
                    }
                })
                .deliver("a");

        assertEquals((byte) 0xDB, kept.getFirst().get(0));
    }

    @Test
    void aPausedTransportKeepsAndAResumedOneShowsOnTheNextTurn() {
        threes.pausesAfterEach = true;
        transport.deliver("abcdef");
        assertEquals(List.of("abc"), threes.seen);
        assertEquals(ProducerState.PAUSED, transport.producerState());

        transport.resumeProducing();
        assertEquals(List.of("abc"), threes.seen, "never inside resumeProducing");
        ((ManualClock) transport.clock()).advance(ZERO);
        assertEquals(List.of("abc", "def"), threes.seen);
    }

    /// TST-1
    @Test
    void loseConnectionOnlySetsDisconnectingAndStopsReading() {
        transport.loseConnection();
        transport.deliver("abc");
        transport.write("still sent");

        assertTrue(transport.disconnecting());
        assertTrue(threes.seen.isEmpty());
        assertEquals("still sent", transport.text());
        transport.close();
        assertSame(ConnectionDone.FAILURE, threes.lost);
        transport.write("ignored");
        assertEquals("still sent", transport.text());
    }

    /// TST-2
    @Test
    void closingAtOnceTellsTheProtocolInsideTheCall() {
        var protocol = new Threes();
        new MemoryTransport().closingAtOnce().connectTo(protocol).loseConnection();
        assertSame(ConnectionDone.FAILURE, protocol.lost);

        var aborted = new Threes();
        new MemoryTransport().closingAtOnce().connectTo(aborted).abortConnection();
        assertSame(ConnectionAborted.FAILURE, aborted.lost);
    }

    /// TST-1
    @Test
    void isStrictUnlessLenient() {
        transport.loseConnection();
        assertThrows(IllegalStateException.class, transport::pauseProducing);
        assertThrows(IllegalStateException.class, transport::unregisterProducer);

        var lenient = new MemoryTransport().lenient().connectTo(new Threes());
        lenient.stopProducing();
        lenient.resumeProducing();
        lenient.unregisterProducer();
        assertEquals(ProducerState.PRODUCING, lenient.producerState());
    }

    /// TST-1
    @Test
    void hasOneProducerAtMostAndStopsItWhenTheConnectionEnds() {
        var asked = new ArrayList<String>();
        Producer producer = new PullProducer() {
            @Override
            public void produceMore() {
                asked.add("more");
            }

            @Override
            public void stopProducing() {
                asked.add("stop");
            }
        };
        transport.registerProducer(producer);
        assertThrows(IllegalStateException.class, () -> transport.registerProducer(producer));

        transport.close();

        assertEquals(List.of("more", "stop"), asked);
        assertFalse(transport.connected());
    }
}
