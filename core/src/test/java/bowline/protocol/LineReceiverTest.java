package bowline.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.bytes.Ascii;
import bowline.framing.LineOptions;
import bowline.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// LIN-1 to LIN-11, for the receiver with raw mode.
class LineReceiverTest {

    /// Notes what comes; a line that begins with a `!` is a command to itself.
    private static final class Notes extends LineReceiver {
        final List<String> seen = new ArrayList<>();

        Notes(LineOptions options) {
            super(options);
        }

        @Override
        public void lineReceived(String line) {
            seen.add(line);
            switch (line) {
                case "!raw" -> setRawMode();
                case "!lose" -> transport().loseConnection();
                case "!pause" -> pauseProducing();
                case "!stop" -> stopProducing();
                case "!clear" -> seen.add("cleared " + new String(clearLineBuffer(), US_ASCII));
                case "!again" -> dataReceived(ByteBuffer.wrap(Ascii.bytes("appended\n")));
                case "!semicolon" -> options(options().delimiter(";"));
                default -> {}
            }
        }

        /// Raw data ends with a dot.
        @Override
        public void rawDataReceived(ByteBuffer unread) {
            int dot = Ascii.indexOf(unread, (byte) '.', unread.position(), unread.limit());
            int end = dot < 0 ? unread.limit() : dot;
            note("raw ", Ascii.text(unread.slice(unread.position(), end - unread.position())));
            unread.position(end);
            if (dot >= 0) {
                unread.get();
                setLineMode();
            }
        }

        private void note(String kind, String text) {
            if (!seen.isEmpty() && seen.getLast().startsWith(kind)) {
                seen.add(seen.removeLast() + text);
            } else {
                seen.add(kind + text);
            }
        }

        @Override
        public void lineLengthExceeded(ByteBuffer data) {
            seen.add("exceeded " + Ascii.text(data));
            super.lineLengthExceeded(data);
        }
    }

    private final Notes notes = new Notes(LineOptions.lf().lineMaxBytes(20));
    private final MemoryTransport transport = MemoryTransport.connect(notes);

    /// LIN-1, LIN-3, G7: however the bytes are cut.
    @Test
    void seesTheSameHoweverTheBytesAreCut() {
        byte[] sent = Ascii.bytes("one\n\n!raw\nraw\nbytes.two\n!raw\n.\n!semicolon\nthree;four\n;");
        transport.deliver(sent);
        var expected = List.of(
                "one", "", "!raw", "raw raw\nbytes", "two", "!raw", "raw ", "", "!semicolon", "three", "four\n");
        assertEquals(expected, notes.seen);

        var byteByByte = new Notes(LineOptions.lf().lineMaxBytes(20));
        MemoryTransport.connect(byteByByte).deliverEachByte(sent);
        assertEquals(expected, byteByByte.seen);

        long seed = new Random().nextLong();
        var cut = new Notes(LineOptions.lf().lineMaxBytes(20));
        MemoryTransport.connect(cut).deliverCutAtRandom(sent, seed);
        assertEquals(expected, cut.seen, "seed " + seed);
    }

    /// LIN-1
    @Test
    void hasTheDefaultsOfInternetProtocols() {
        var plain = new LineReceiver() {};

        assertEquals("\r\n", plain.options().delimiter());
        assertEquals(16_384, plain.options().lineMaxBytes());
    }

    /// LIN-2
    @Test
    void handsAFinishedLineBeyondTheLimitOverWithEverythingBehindIt() {
        transport.deliver("ok\n" + "x".repeat(21) + "\nrest\nand more");

        assertEquals(List.of("ok", "exceeded " + "x".repeat(21) + "\nrest\nand more"), notes.seen);
        assertTrue(transport.disconnecting());
        assertEquals(0, transport.unreadBytes());
    }

    /// LIN-2
    @Test
    void handsAnUnfinishedLineOverOnceItCannotEndInTime() {
        transport.deliver("x".repeat(20));
        assertEquals(List.of(), notes.seen);
        transport.deliver("x");

        assertEquals(List.of("exceeded " + "x".repeat(21)), notes.seen);
    }

    /// LIN-2: the buffer is empty afterwards, for a handler that lets the connection live.
    @Test
    void goesOnWithTheNextBytesWhenTheHandlerDoesNotClose() {
        var seen = new ArrayList<String>();
        var patient = new LineReceiver(LineOptions.lf().lineMaxBytes(3)) {
            @Override
            public void lineReceived(String line) {
                seen.add(line);
            }

            @Override
            public void lineLengthExceeded(ByteBuffer data) {
                seen.add(data.remaining() + " bytes too many");
            }
        };
        var wire = MemoryTransport.connect(patient);
        wire.deliver("12345");
        wire.deliver("67\nabc\n");

        assertEquals(List.of("5 bytes too many", "67", "abc"), seen);
    }

    /// LIN-3: extra is read before what was left.
    @Test
    void readsExtraFirstWhenItGoesBackToLines() {
        notes.setRawMode();
        transport.deliver("taken");
        notes.setLineMode(Ascii.bytes("one\ntw"));
        transport.deliver("o\nthree\n");

        assertEquals(List.of("raw taken", "one", "two", "three"), notes.seen);
    }

    /// LIN-3: with the rest of the raw bytes still unread.
    @Test
    void putsExtraInFrontOfWhatTheRawHandlerLeft() {
        var seen = new ArrayList<String>();
        var pusher = new LineReceiver(LineOptions.lf()) {
            @Override
            public void lineReceived(String line) {
                seen.add(line);
            }

            @Override
            public void rawDataReceived(ByteBuffer unread) {
                setLineMode(Ascii.bytes("ex\ntra"));
            }
        };
        pusher.setRawMode();
        MemoryTransport.connect(pusher).deliver(" left\nlast\n");

        assertEquals(List.of("ex", "tra left", "last"), seen);
    }

    /// LIN-3: bytes that a raw handler left are read as lines when the mode changes later.
    @Test
    void showsWhatWasLeftAgainWhenTheModeChangesBetweenDeliveries() {
        var seen = new ArrayList<String>();
        var leaver = new LineReceiver(LineOptions.lf()) {
            @Override
            public void lineReceived(String line) {
                seen.add(line);
            }

            @Override
            public void rawDataReceived(ByteBuffer unread) {}
        };
        leaver.setRawMode();
        var wire = MemoryTransport.connect(leaver);
        wire.deliver("left\n");
        assertEquals(List.of(), seen);
        leaver.setLineMode();
        wire.turn();

        assertEquals(List.of("left"), seen);
    }

    /// LIN-4
    @Test
    void appendsWhatComesWhileAHandlerIsAtWork() {
        transport.deliver("!again\nfirst\n");
        transport.deliver("last\n");

        assertEquals(List.of("!again", "first", "appended", "last"), notes.seen);
    }

    /// LIN-5
    @Test
    void dropsBufferedLinesOnceTheConnectionIsClosing() {
        transport.deliver("one\n!lose\ntwo\n");
        transport.deliver("three\n");

        assertEquals(List.of("one", "!lose"), notes.seen);
    }

    /// LIN-6
    @Test
    void holdsBufferedLinesBackWhilePausedAndShowsThemBeforeNewOnes() {
        transport.deliver("one\n!pause\ntwo\n");
        transport.deliver("three\n");
        assertEquals(List.of("one", "!pause"), notes.seen);

        notes.resumeProducing();
        transport.turn();

        assertEquals(List.of("one", "!pause", "two", "three"), notes.seen);
    }

    /// LIN-6: what is held by the receiver itself too.
    @Test
    void holdsExtraBackWhilePaused() {
        notes.setRawMode();
        notes.pauseProducing();
        notes.setLineMode(Ascii.bytes("extra\n"));
        assertEquals(List.of(), notes.seen);

        notes.resumeProducing();

        assertEquals(List.of("extra"), notes.seen);
    }

    /// LIN-6
    @Test
    void stopsForGood() {
        transport.deliver("!stop\ntwo\n");

        assertEquals(List.of("!stop"), notes.seen);
        assertTrue(transport.disconnecting());
    }

    /// LIN-7
    @Test
    void givesAndEmptiesItsBufferOnRequest() {
        transport.deliver("!clear\nsecret\nunfin");
        transport.deliver("ished\n");

        assertEquals(List.of("!clear", "cleared secret\nunfin", "ished"), notes.seen);
        assertThrows(IllegalStateException.class, notes::clearLineBuffer);
    }

    /// LIN-7, LIN-11
    @Test
    void sendsLinesOfTextAndOfBytes() {
        notes.sendLine("caf\u00e9");
        notes.sendLine(new byte[] {'a', 'b'});
        notes.sendLine("");

        assertEquals("caf\u00e9\nab\n\n", transport.text());
    }

    /// G3
    @Test
    void refusesToSendWhatWouldBecomeAnotherLine() {
        assertThrows(IllegalArgumentException.class, () -> notes.sendLine("a\nQUIT"));
        notes.options(notes.options().charset(US_ASCII));
        assertThrows(IllegalArgumentException.class, () -> notes.sendLine("caf\u00e9"));
        assertEquals("", transport.text());
    }

    /// LIN-11
    @Test
    void decodesWithItsCharset() {
        notes.options(notes.options().charset(ISO_8859_1));
        transport.deliver(new byte[] {(byte) 0xE9, '\n'});

        assertEquals(List.of("\u00e9"), notes.seen);
    }

    /// LIN-10
    @Test
    void usesAChangedDelimiterAndLimitFromTheNextScanOn() {
        transport.deliver("a;b");
        notes.options(notes.options().delimiter(";").lineMaxBytes(3));
        transport.deliver(";xyz;");
        assertEquals(List.of("a", "b", "xyz"), notes.seen);

        transport.deliver("long;");
        assertEquals("exceeded long;", notes.seen.getLast());
    }

    /// LIN-8, G7: 10 MB a byte at a time; a receiver that looks again at what it has seen needs hours.
    @Test
    void takesALongLineInLinearTime() {
        var lengths = new ArrayList<Integer>();
        var receiver = new LineReceiver(LineOptions.crlf().lineMaxBytes(16 << 20)) {
            @Override
            public void lineReceived(ByteBuffer line) {
                lengths.add(line.remaining());
            }
        };
        var wire = MemoryTransport.connect(receiver);
        byte[] line = new byte[10 << 20];

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            wire.deliverEachByte(line);
            wire.deliver("\r\n");
        });

        assertEquals(List.of(line.length), lengths);
        assertFalse(wire.disconnecting());
    }
}
