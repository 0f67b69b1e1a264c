package bowline.framing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.bytes.Ascii;
import bowline.bytes.ByteQueue;
import bowline.testing.MachineRun;
import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// LIN-1, LIN-2 and G3, with bytes alone.
class LineFramerTest {
    private final long seed = new Random().nextLong();

    private MachineRun<String> run(LineOptions options, String input) {
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        return MachineRun.inAnyCut(seed, bytes, () -> new LineFramer(options), Ascii::text);
    }

    /// LIN-1
    @Test
    void givesLinesWithoutTheirDelimiterAndEmptyOnesToo() {
        var run = run(LineOptions.crlf(), "one\r\n\r\ntw\ro\n\r\r\nunfinished\r");

        assertEquals(List.of("one", "", "tw\ro\n\r"), run.events());
        assertNull(run.violation());
    }

    /// LIN-1
    @Test
    void takesAnyDelimiter() {
        assertEquals(List.of("a\r", "b"), run(LineOptions.lf(), "a\r\nb\n").events());
        assertEquals(
                List.of("x", "aa", ""),
                run(LineOptions.lf().delimiter("aab"), "xaabaaaabaab").events());
        assertEquals(
                List.of("", "b"),
                run(LineOptions.lf().delimiter("\u00ff\u0000"), "\u00ff\u0000b\u00ff\u0000")
                        .events());
    }

    /// LIN-1, LIN-2: on both sides of the limit.
    @Test
    void refusesALineBeyondTheLimit() {
        var options = LineOptions.crlf().lineMaxBytes(5);

        assertNull(run(options, "12345\r\n12345\r").violation());
        var tooLong = run(options, "1\r\n123456\r\n");
        assertEquals(List.of("1"), tooLong.events());
        assertEquals("line of more than 5 bytes; limit lineMaxBytes, LIN-2", tooLong.violation());
    }

    /// LIN-2
    @Test
    void refusesAnUnfinishedLineOnceItCannotEndWithinTheLimit() {
        var framer = new LineFramer(LineOptions.crlf().lineMaxBytes(5));

        assertNull(framer.next(ByteBuffer.wrap(Ascii.bytes("123456"))));
        ByteBuffer unread = ByteBuffer.wrap(Ascii.bytes("1234567"));
        assertThrows(LineTooLong.class, () -> framer.next(unread));
        assertEquals(7, unread.remaining(), "nothing is taken");
    }

    /// G3
    @Test
    void sendsNothingThatWouldBeReadAsMoreThanOneLine() {
        var framer = new LineFramer(LineOptions.crlf());
        var sink = new ByteQueue();

        framer.send(ByteBuffer.wrap(Ascii.bytes("a\rb\nc\r")), sink);
        assertArrayEquals(Ascii.bytes("a\rb\nc\r\r\n"), sink.takeAll());
        assertThrows(
                IllegalArgumentException.class, () -> framer.send(ByteBuffer.wrap(Ascii.bytes("a\r\nQUIT")), sink));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LineFramer(LineOptions.lf().delimiter("aba")).send(ByteBuffer.wrap(Ascii.bytes("ab")), sink),
                "abaBA would end after the first three bytes");
    }

    /// G3: what was sent is what is read, or it is not sent.
    @Test
    void readsBackWhateverItSends() {
        record Sent(String delimiter, String line) {}

        var delimiters = Generators.texts("ab", 3).where(text -> !text.isEmpty());
        Property.check(
                500,
                choices -> new Sent(
                        delimiters.from(choices), Generators.texts("ab", 6).from(choices)),
                sent -> isReadBackOrRefused(LineOptions.lf().delimiter(sent.delimiter), sent.line));
    }

    private void isReadBackOrRefused(LineOptions options, String line) {
        var sink = new ByteQueue();
        try {
            new LineFramer(options).send(ByteBuffer.wrap(Ascii.bytes(line)), sink);
        } catch (IllegalArgumentException refused) {
            return;
        }
        assertEquals(List.of(line), run(options, Ascii.text(sink.readable())).events());
    }

    @Test
    void checksItsOptions() {
        assertThrows(IllegalArgumentException.class, () -> LineOptions.lf().delimiter(""));
        assertThrows(IllegalArgumentException.class, () -> LineOptions.lf().delimiter("\u0100"));
        assertThrows(IllegalArgumentException.class, () -> LineOptions.lf().lineMaxBytes(-1));
        assertThrows(IllegalArgumentException.class, () -> LineOptions.lf().lineMaxBytes(Integer.MAX_VALUE));
    }
}
