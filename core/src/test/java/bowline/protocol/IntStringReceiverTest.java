package bowline.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.bytes.Ascii;
import bowline.framing.StringLimits;
import bowline.framing.StringTooLongError;
import bowline.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// INT-1 to INT-3; the grammar itself is tested with the framer.
class IntStringReceiverTest {

    private static class Notes extends Int16StringReceiver {
        final List<String> seen = new ArrayList<>();

        Notes() {
            super(new StringLimits(10));
        }

        @Override
        public void stringReceived(ByteBuffer string) {
            seen.add(Ascii.text(string));
            if (seen.getLast().equals("pause")) {
                pauseProducing();
            }
        }
    }

    private final Notes notes = new Notes();
    private final MemoryTransport transport = MemoryTransport.connect(notes);

    /// INT-1
    @Test
    void givesAndSendsStringsOfEachWidth() {
        transport.deliverEachByte(new byte[] {0, 2, 'h', 'i', 0, 0});
        assertEquals(List.of("hi", ""), notes.seen);

        notes.sendString(new byte[] {'a'});
        assertArrayEquals(new byte[] {0, 1, 'a'}, transport.value());
        var int8 = new Int8StringReceiver() {};
        var wire8 = MemoryTransport.connect(int8);
        int8.sendString(new byte[] {'a'});
        assertArrayEquals(new byte[] {1, 'a'}, wire8.value());
        assertThrows(StringTooLongError.class, () -> int8.sendString(new byte[256]), "INT-2");
        var int32 = new Int32StringReceiver() {};
        var wire32 = MemoryTransport.connect(int32);
        int32.sendString(new byte[] {'a'});
        assertArrayEquals(new byte[] {0, 0, 0, 1, 'a'}, wire32.value());
    }

    /// INT-1: and the rest is kept unparsed.
    @Test
    void closesWhenTooMuchIsAnnounced() {
        transport.deliver(new byte[] {0, 10});
        assertFalse(transport.disconnecting());
        transport.deliver(new byte[] {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 0, 11, 'x'});

        assertEquals(List.of("0123456789"), notes.seen);
        assertTrue(transport.disconnecting());
        assertEquals(3, transport.unreadBytes());
    }

    /// INT-1
    @Test
    void lengthLimitExceededIsTheHandlersToDecide() {
        var announced = new ArrayList<Long>();
        var wire = MemoryTransport.connect(new Int32StringReceiver() {
            @Override
            public void lengthLimitExceeded(long length) {
                announced.add(length);
            }
        });
        wire.deliver(new byte[] {-1, -1, -1, -1});

        assertEquals(List.of(0xFFFFFFFFL), announced);
        assertFalse(wire.disconnecting());
    }

    /// INT-2
    @Test
    void holdsStringsBackWhilePaused() {
        transport.deliver(new byte[] {0, 5, 'p', 'a', 'u', 's', 'e', 0, 1, 'a'});
        assertEquals(List.of("pause"), notes.seen);
        notes.resumeProducing();
        transport.turn();

        assertEquals(List.of("pause", "a"), notes.seen);
    }

    /// INT-3: what comes behind the present string is still the transport's, for the next protocol to see.
    @Test
    void anotherProtocolMayTakeOverTheRest() {
        transport.deliver(new byte[] {0, 5, 'p', 'a', 'u', 's', 'e', 'r', 'e', 's', 't'});
        var rest = new StringBuilder();
        transport.connectTo(new Protocol() {
            @Override
            public void dataReceived(ByteBuffer unread) {
                rest.append(Ascii.text(unread));
                super.dataReceived(unread);
            }
        });
        transport.resumeProducing();
        transport.turn();

        assertEquals("rest", rest.toString());
    }
}
