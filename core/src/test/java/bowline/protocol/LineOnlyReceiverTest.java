package bowline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.framing.LineOptions;
import bowline.testing.MemoryTransport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// LIN-9
class LineOnlyReceiverTest {

    private static final class Notes extends LineOnlyReceiver {
        final List<String> seen = new ArrayList<>();

        Notes(int lineMaxBytes) {
            super(LineOptions.crlf().lineMaxBytes(lineMaxBytes));
        }

        @Override
        public void lineReceived(String line) {
            seen.add(line);
            if (line.equals("bye")) {
                transport().loseConnection();
            }
        }
    }

    private final Notes notes = new Notes(5);
    private final MemoryTransport transport = MemoryTransport.connect(notes);

    /// LIN-9
    @Test
    void givesLinesUntilTheConnectionIsClosing() {
        transport.deliver("one\r\n\r\nbye\r\ntwo\r\n");

        assertEquals(List.of("one", "", "bye"), notes.seen);
    }

    /// LIN-9
    @Test
    void stopsAtTheFirstLineBeyondTheLimit() {
        transport.deliver("one\r\n123456\r\ntwo\r\n");

        assertEquals(List.of("one"), notes.seen);
        assertTrue(transport.disconnecting());
    }

    /// LIN-9: where Twisted closes, for it counts the half delimiter.
    @Test
    void allowsALineOfTheLimitWhoseDelimiterIsCut() {
        transport.deliver("abcde\r");
        assertFalse(transport.disconnecting());
        transport.deliver("\n");

        assertEquals(List.of("abcde"), notes.seen);
    }
}
