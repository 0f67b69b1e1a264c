package bowline.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.bytes.Ascii;
import bowline.bytes.ByteQueue;
import bowline.testing.MachineRun;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// NST-1 to NST-3; every input also a byte at a time and cut at random.
class NetstringFramerTest {
    private final long seed = new Random().nextLong();

    private MachineRun<String> run(int max, String input) {
        return MachineRun.inAnyCut(
                seed, Ascii.bytes(input), () -> new NetstringFramer(new StringLimits(max)), Ascii::text);
    }

    /// NST-1, NST-3
    @Test
    void givesStringsHoweverTheyAreCut() {
        var run = run(100, "5:hello,0:,3:a,b,12:hello, world,7:unfini");

        assertEquals(List.of("hello", "", "a,b", "hello, world"), run.events());
        assertNull(run.violation());
    }

    /// NST-2
    @ParameterizedTest
    @ValueSource(
            strings = {":", "a", "-1:", "+1:a,", " 1:a,", "01:a,", "00:,", "1a:", "1 :a,", "3:abcd", "0:x", "0x1:a,"})
    void refusesWhatIsNoNetstring(String input) {
        var run = run(100, "2:ok," + input);

        assertEquals(List.of("ok"), run.events());
        assertTrue(run.violation() != null && run.violation().contains("NST-2"), run.violation());
    }

    /// NST-2, G1: as soon as the digits exceed it, and on both sides of the limit.
    @ParameterizedTest
    @CsvSource({
        "9:, ok",
        "10:, ok",
        "11, over",
        "100, over",
        "2147483648, over",
        "9223372036854775807, over",
        "99999999999999999999, over"
    })
    void refusesALengthBeyondTheLimit(String input, String expected) {
        assertEquals(expected.equals("over"), run(10, input).violation() != null);
    }

    /// NST-1
    @Test
    void sendsNetstrings() {
        var sink = new ByteQueue();
        var framer = new NetstringFramer(StringLimits.DEFAULT);
        framer.send(ByteBuffer.wrap(Ascii.bytes("hello")), sink);
        framer.send(ByteBuffer.allocate(0), sink);

        assertEquals("5:hello,0:,", Ascii.text(sink.readable()));
    }
}
