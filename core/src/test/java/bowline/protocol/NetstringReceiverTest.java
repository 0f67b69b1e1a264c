package bowline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.bytes.Ascii;
import bowline.framing.StringLimits;
import bowline.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// NST-1 to NST-3; the grammar itself is tested with the framer.
class NetstringReceiverTest {

    private static final class Notes extends NetstringReceiver {
        final List<String> seen = new ArrayList<>();

        Notes() {
            super(new StringLimits(10));
        }

        @Override
        public void stringReceived(ByteBuffer string) {
            seen.add(Ascii.text(string));
        }
    }

    private final Notes notes = new Notes();
    private final MemoryTransport transport = MemoryTransport.connect(notes);

    /// NST-1, NST-3
    @Test
    void givesAndSendsStrings() {
        transport.deliverEachByte(Ascii.bytes("5:hello,0:,"));
        notes.sendString(Ascii.bytes("hi"));

        assertEquals(List.of("hello", ""), notes.seen);
        assertEquals("2:hi,", transport.text());
        assertFalse(notes.brokenPeer());
    }

    /// NST-2
    @Test
    void closesOnABrokenPeerAndParsesNoMore() {
        transport.deliver("1:a,x1:b,");
        transport.deliver("1:c,");

        assertEquals(List.of("a"), notes.seen);
        assertTrue(notes.brokenPeer());
        assertTrue(transport.disconnecting());
    }

    /// NST-2
    @Test
    void closesAsSoonAsTheDigitsExceedTheLimit() {
        transport.deliver("10");
        assertFalse(notes.brokenPeer());
        transport.deliver("0");

        assertTrue(notes.brokenPeer());
    }

    /// NST-1
    @Test
    void takesStringsOf99999BytesByDefault() {
        var lengths = new ArrayList<Integer>();
        var receiver = new NetstringReceiver() {
            @Override
            public void stringReceived(ByteBuffer string) {
                lengths.add(string.remaining());
            }
        };
        var wire = MemoryTransport.connect(receiver);
        wire.deliver("99999:" + "x".repeat(99_999) + ",");
        assertEquals(List.of(99_999), lengths);
        wire.deliver("100000");

        assertTrue(receiver.brokenPeer());
    }
}
