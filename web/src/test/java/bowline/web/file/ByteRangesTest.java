package bowline.web.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import bowline.web.file.ByteRanges.ByteRange;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// RFC 9110 §14.1 and §14.2, for a file of 100 bytes.
class ByteRangesTest {

    private static List<ByteRange> parse(String value) {
        return ByteRanges.parse(value, 100);
    }

    @Test
    @DisplayName("RFC 9110 §14.1.2: first and last, first only, and the last so many")
    void readsTheThreeForms() {
        assertEquals(List.of(new ByteRange(0, 9)), parse("bytes=0-9"));
        assertEquals(List.of(new ByteRange(90, 99)), parse("bytes=90-"));
        assertEquals(List.of(new ByteRange(90, 99)), parse("Bytes=-10"));
        assertEquals(List.of(new ByteRange(0, 99)), parse("bytes=-1000"));
        assertEquals(List.of(new ByteRange(95, 99)), parse("bytes=95-99999999999999999999999"));
        assertEquals(List.of(new ByteRange(9, 9), new ByteRange(0, 0)), parse("bytes= 9-9 ,, 0-0 "));
    }

    @Test
    @DisplayName("RFC 9110 §14.1.1: what is no range of bytes is ignored")
    void ignoresWhatIsNoRange() {
        for (String value : List.of(
                "",
                "bytes",
                "bytes=",
                "lines=0-9",
                "bytes=9-0",
                "bytes=-",
                "bytes=a-b",
                "bytes=0-9-",
                "bytes=+1-2",
                "bytes=1",
                "bytes=,",
                "bytes=0-0;1-1",
                "bytes=0x1-2",
                "bytes= 1 - 2")) {
            assertNull(parse(value), value);
        }
    }

    @Test
    @DisplayName("RFC 9110 §15.5.17: what begins behind the end cannot be satisfied")
    void leavesOutWhatCannotBeSatisfied() {
        assertEquals(List.of(), parse("bytes=100-"));
        assertEquals(List.of(), parse("bytes=-0"));
        assertEquals(List.of(new ByteRange(0, 0)), parse("bytes=100-,0-0"));
        assertEquals(List.of(), ByteRanges.parse("bytes=0-", 0));
        assertEquals(List.of(), ByteRanges.parse("bytes=-5", 0));
    }

    @Test
    @DisplayName("H1-13: 16 ranges pass, one more is ignored, and so is asking for a byte twice")
    void ignoresAbuse() {
        assertNotNull(parse("bytes=" + ranges(16)));
        assertNull(parse("bytes=" + ranges(17)));
        assertNull(parse("bytes=0-5,5-9"));
        assertNull(parse("bytes=50-,0-60"));
        assertNull(parse("bytes=0-,0-,0-,0-"));
    }

    private static String ranges(int count) {
        var list = new StringBuilder("0-0");
        for (int i = 1; i < count; i++) {
            list.append(',').append(2 * i).append('-').append(2 * i);
        }
        return list.toString();
    }

    @Test
    @DisplayName("H1-13: whatever is asked for, at most 16 ranges within the file, and no byte twice")
    void anyValueStaysWithinTheFile() {
        List<byte[]> valid = List.of(
                "bytes=0-9,20-29,90-".getBytes(US_ASCII), "bytes=-10, 0-0,,5-99999999999999999999".getBytes(US_ASCII));

        Property.check(20_000, Generators.mutated(valid, 6), bytes -> {
            List<ByteRange> ranges = parse(new String(bytes, ISO_8859_1));
            if (ranges != null) {
                assertTrue(ranges.size() <= ByteRanges.RANGES_MAX);
                assertTrue(ranges.stream().allMatch(range -> range.first() >= 0 && range.last() < 100));
                assertTrue(ranges.stream().mapToLong(ByteRange::length).sum() <= 100);
            }
        });
    }
}
