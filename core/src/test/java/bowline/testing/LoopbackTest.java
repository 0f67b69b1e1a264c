package bowline.testing;

import static bowline.testing.DeferredAssertions.assertNoResult;
import static bowline.testing.DeferredAssertions.successResultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionDone;
import bowline.protocol.ConnectionLost;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// TST-4: a connection in memory, and the ready-made protocols.
class LoopbackTest {

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer unread) {
            transport().write(unread);
        }
    }

    private static final class HalfWay extends Protocol implements HalfCloseable {
        private final StringBuilder seen = new StringBuilder();

        @Override
        public void readConnectionLost() {
            seen.append("end of input");
            transport().write("last words");
            transport().loseConnection();
        }

        @Override
        public void writeConnectionLost() {}
    }

    private final AccumulatingProtocol client = new AccumulatingProtocol();

    @Test
    void movesBytesOneWayAStep() {
        var loopback = Loopback.connect(client, new Echo());
        client.transport().write("hello");

        assertTrue(loopback.pump());
        assertEquals("", client.text());
        assertTrue(loopback.pump());
        assertEquals("hello", client.text());
        assertFalse(loopback.pump());
    }

    @Test
    void deliversEverythingBeforeTheEnd() {
        var server = new AccumulatingProtocol();
        var loopback = Loopback.connect(client, server);
        client.transport().write("last words");
        client.transport().loseConnection();
        assertNoResult(client.whenClosed());
        loopback.flush();

        assertEquals("last words", successResultOf(server.whenClosed()).text());
        assertSame(ConnectionDone.FAILURE, client.closedReason());
        assertSame(ConnectionDone.FAILURE, server.closedReason());
    }

    @Test
    void anAbortIsALossForTheOtherSide() {
        var server = new AccumulatingProtocol();
        var loopback = Loopback.connect(client, server);
        client.transport().abortConnection();
        loopback.flush();

        assertSame(ConnectionAborted.FAILURE, client.closedReason());
        assertSame(ConnectionLost.FAILURE, server.closedReason());
    }

    @Test
    void aHalfCloseableSideMayStillAnswer() {
        var server = new HalfWay();
        var loopback = Loopback.connect(client, server);
        client.transport().loseWriteConnection();
        loopback.flush();

        assertEquals("end of input", server.seen.toString());
        assertEquals("last words", client.text());
        assertSame(ConnectionDone.FAILURE, client.closedReason());
    }

    @Test
    void reportsTwoWhoTalkForEver() {
        var loopback = Loopback.connect(new Echo(), new Echo());
        loopback.client().write("ping");

        assertThrows(AssertionError.class, loopback::flush);
    }

    @Test
    void asksAPullProducerUntilItIsThrough() {
        var loopback = Loopback.connect(client, new Echo());
        var producer = new NonStreamingProducer(client.transport());
        client.transport().registerProducer(producer);
        client.transport().loseConnection();
        loopback.flush();

        assertEquals("", client.text(), "a closing side reads no more");
        assertFalse(producer.stopped());
        assertThrows(IllegalStateException.class, producer::produceMore);
    }

    @Test
    void aConversationOfLinesThatIsKnownBeforehand() {
        var first = new LineSendingProtocol(List.of("HELO"));
        var second = new LineSendingProtocol(List.of("250 hello", "250 go on"), false);
        Loopback.connect(first, second).flush();

        assertEquals(List.of("HELO"), second.response());
        assertEquals(List.of("250 hello", "250 go on"), first.response());
    }

    @Test
    void anAccumulatingProtocolTellsWhenEnoughHasCome() {
        var loopback = Loopback.connect(client, new Echo());
        var enough = client.whenReceived(4);
        client.transport().write("abc");
        loopback.flush();
        assertNoResult(enough);
        client.transport().write("de");
        loopback.flush();

        assertEquals("abcde", successResultOf(enough).text());
    }
}
