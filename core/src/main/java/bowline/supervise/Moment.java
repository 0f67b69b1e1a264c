package bowline.supervise;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A point in time as the daytime and time services tell it.
final class Moment {
    /// From 1900 to 1970 (RFC 868).
    private static final long SECONDS_TO_1970 = 2_208_988_800L;

    /// The first of the two forms that RFC 867 names.
    private static final DateTimeFormatter DAYTIME =
            DateTimeFormatter.ofPattern("EEEE, MMMM d, uuuu HH:mm:ss'-UTC\r\n'", Locale.ENGLISH);

    private Moment() {}

    /// A line for people (RFC 867).
    static byte[] daytime(Instant now) {
        return DAYTIME.format(now.atOffset(ZoneOffset.UTC)).getBytes(StandardCharsets.US_ASCII);
    }

    /// Seconds since 1900, the lowest 32 bits of them (RFC 868).
    static byte[] time(Instant now) {
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) (now.getEpochSecond() + SECONDS_TO_1970))
                .array();
    }
}
