package bowline.web.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// RFC 9110 §5.6.7, Date/Time Formats.
class HttpDateTest {
    private static final long WHEN = Instant.parse("1994-11-06T08:49:37Z").getEpochSecond();

    @Test
    @DisplayName("RFC 9110 §5.6.7: one form is written, three are read")
    void readsThreeForms() {
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.format(WHEN));
        for (String form : List.of(
                "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994")) {
            assertEquals(WHEN, HttpDate.parse(form, 2026), form);
        }
    }

    @Test
    @DisplayName("RFC 9110 §5.6.7: two digits of a year are never more than 50 years ahead")
    void placesTwoDigitYears() {
        assertEquals(
                Instant.parse("2076-11-06T08:49:37Z").getEpochSecond(),
                HttpDate.parse("Friday, 06-Nov-76 08:49:37 GMT", 2026));
        assertEquals(
                Instant.parse("1977-11-06T08:49:37Z").getEpochSecond(),
                HttpDate.parse("Sunday, 06-Nov-77 08:49:37 GMT", 2026));
    }

    @Test
    @DisplayName("what is no date is none")
    void refusesOtherText() {
        for (String text : List.of(
                "",
                "0",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "Sun, 06 Foo 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:49:37 GMT",
                "Sun, 06 Nov -994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08-49-37 GMT",
                "Xxx, 06 Nov 1994 08:49:37 GMT",
                "Sun Nov  6 08:49:37 199x",
                "Sunday, 06-Nov-9x 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:3\u0663 GMT")) {
            assertEquals(HttpDate.NONE, HttpDate.parse(text, 2026), text);
        }
    }

    @Test
    @DisplayName("what is written is read again")
    void readsWhatItWrites() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long when = random.nextLong(0, 253_402_300_799L);
            assertEquals(when, HttpDate.parse(HttpDate.format(when), 2026), "seed " + seed);
        }
    }

    @Test
    @DisplayName("WEB-8: the form of access logs")
    void writesForLogs() {
        assertEquals("06/Nov/1994:08:49:37 +0000", HttpDate.formatForLog(WHEN));
    }
}
