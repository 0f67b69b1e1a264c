package bowline.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.failure.Failure;
import bowline.testing.ManualClock;
import bowline.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// FWD-1: two connections joined.
class RelayTest {
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final ManualClock clock = new ManualClock();
    private final End leftEnd = new End();
    private final End rightEnd = new End();
    private final Wire left = new Wire(clock);
    private final Wire right = new Wire(clock);
    private Relay relay;

    /// A protocol that passes everything to its side, as the users of a relay do.
    private static final class End extends Protocol implements HalfCloseable {
        private Relay.@Nullable Side side;

        @Override
        public void dataReceived(ByteBuffer unread) {
            if (side != null) {
                side.dataReceived(unread);
            }
        }

        @Override
        public void readConnectionLost() {
            if (side != null) {
                side.readConnectionLost();
            }
        }

        @Override
        public void writeConnectionLost() {}

        @Override
        public void connectionLost(Failure reason) {
            if (side != null) {
                side.connectionLost();
            }
        }
    }

    /// A transport whose peer may be slow to read.
    private static final class Wire extends MemoryTransport {
        private long unsent;

        Wire(ManualClock clock) {
            super(clock);
        }

        @Override
        public long unsentBytes() {
            return unsent;
        }
    }

    @BeforeEach
    void join() {
        left.connectTo(leftEnd);
        right.connectTo(rightEnd);
        relay = Relay.join(left, right);
        leftEnd.side = relay.first();
        rightEnd.side = relay.second();
    }

    @Test
    @DisplayName("FWD-1: what comes in at one goes out at the other, and is counted")
    void passesOn() {
        byte[] sent = new byte[10_000];
        new Random(1).nextBytes(sent);
        left.deliverCutAtRandom(sent, 5);
        right.deliver("back");

        assertArrayEquals(sent, right.take());
        assertEquals("back", left.text());
        assertEquals(10_000, relay.first().receivedBytes());
        assertEquals(4, relay.second().receivedBytes());
    }

    @Test
    @DisplayName("FWD-1: each transport is the other's push producer: who cannot send makes the other wait")
    void backPressure() {
        assertSame(left, right.producer());
        assertSame(right, left.producer());
        ((PushProducer) right.producer()).pauseProducing();
        left.deliver("wait");
        assertEquals("", right.text());
        right.deliver("the other way goes on");
        assertEquals("the other way goes on", left.text());

        ((PushProducer) right.producer()).resumeProducing();
        clock.advance(Duration.ZERO);
        assertEquals("wait", right.text());
    }

    @Test
    @DisplayName("TRA-9: the end of one direction is passed on, and the other goes on")
    void halfClose() {
        left.deliver("request");
        left.deliverEnd();

        assertTrue(right.writeClosed());
        assertNull(right.producer());
        assertFalse(right.disconnecting());
        assertFalse(left.disconnecting());
        right.deliver("answer");
        assertEquals("answer", left.text());
        assertSame(right, left.producer());
    }

    @Test
    @DisplayName("when both directions have ended both connections close")
    void bothEnds() {
        left.deliverEnd();
        right.deliverEnd();

        assertTrue(left.disconnecting());
        assertTrue(right.disconnecting());
        assertNull(left.producer());
        left.close();
        right.close();
    }

    @Test
    @DisplayName("FWD-1: either side lost, and the other closes, its producer gone so that it can (PRO-8)")
    void eitherLost() {
        left.close();
        assertTrue(right.disconnecting());
        assertNull(right.producer());
        right.close();
        assertTrue(right.disconnected());
    }

    @Test
    @DisplayName("a connection that is lost after half an end takes the other with it")
    void lostAfterHalfClose() {
        left.deliverEnd();
        right.close(ConnectionLost.FAILURE);
        assertTrue(left.disconnecting());
        assertNull(left.producer());
    }

    @Test
    @DisplayName("joining with a connection that is closed or closing ends both")
    void joinTooLate() {
        var gone = MemoryTransport.connect(new Protocol());
        var alive = MemoryTransport.connect(new Protocol());
        gone.abortConnection();
        Relay.join(gone, alive);
        assertTrue(alive.disconnecting());
        assertNull(alive.producer());

        var closing = MemoryTransport.connect(new Protocol());
        var other = MemoryTransport.connect(new Protocol());
        closing.loseConnection();
        Relay.join(other, closing);
        assertTrue(other.disconnecting());
        assertNull(closing.producer());
    }

    @Test
    @DisplayName("loseConnections closes both without waiting for their producers")
    void loseConnections() {
        relay.loseConnections();
        assertTrue(left.disconnecting() && right.disconnecting());
        assertNull(left.producer());
        assertNull(right.producer());
    }

    @Test
    @DisplayName("an idle relay ends after the time-out to the moment; each byte in either direction puts it off")
    void idle() {
        relay.idleAfter(IDLE);
        clock.advance(IDLE.minusSeconds(1));
        left.deliver("a");
        clock.advance(IDLE.minusSeconds(1));
        right.deliver("b");
        clock.advance(IDLE.minusNanos(1));
        assertFalse(left.disconnecting());
        clock.advance(Duration.ofNanos(1));
        assertTrue(left.disconnecting() && right.disconnecting());
        assertNull(left.producer());
        left.close();
        right.close();
        assertEquals(0, clock.delayedCalls().size());
    }

    @Test
    @DisplayName("G6: bytes that go out count as movement, and a peer that does not read is cut off")
    void stuck() {
        relay.idleAfter(IDLE);
        right.unsent = 5000;
        clock.advance(IDLE);
        assertFalse(right.disconnected(), "5000 bytes were written since the beginning");
        right.unsent = 4000;
        clock.advance(IDLE);
        assertFalse(right.disconnected(), "1000 bytes have gone out");
        clock.advance(IDLE);
        assertTrue(right.disconnected(), "nothing has moved");
        assertFalse(left.disconnected());
        assertTrue(left.disconnecting());
    }

    @Test
    @DisplayName("G6: a close that waits for a peer that does not read ends too")
    void stuckClose() {
        relay.idleAfter(IDLE);
        right.unsent = 5000;
        clock.advance(Duration.ofSeconds(1));
        left.close();
        assertTrue(right.disconnecting());
        clock.advance(IDLE);
        clock.advance(IDLE);
        assertTrue(right.disconnected());
        right.close(ConnectionAborted.FAILURE);
        assertEquals(0, clock.delayedCalls().size());
    }

    @Test
    void anIdleTimeOutIsPositive() {
        assertInstanceOf(
                IllegalArgumentException.class,
                assertThrows(RuntimeException.class, () -> relay.idleAfter(Duration.ZERO)));
    }
}
