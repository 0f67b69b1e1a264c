package bowline.web.message;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// Dates as HTTP writes them, to the second and in GMT (RFC 9110 §5.6.7).
public final class HttpDate {

    /// What [#parse] answers for text that is no date.
    public static final long NONE = Long.MIN_VALUE;

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> LONG_DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private HttpDate() {}

    /// Seconds since 1970 in the form that all write today, as in `Sun, 06 Nov 1994 08:49:37 GMT`.
    public static String format(long epochSecond) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
        var text = new StringBuilder(29);
        text.append(DAYS.get(time.getDayOfWeek().getValue() - 1)).append(", ");
        twoDigits(text, time.getDayOfMonth()).append(' ');
        text.append(month(time)).append(' ');
        twoDigits(text, time.getYear() / 100);
        twoDigits(text, time.getYear() % 100).append(' ');
        return appendTime(text, time).append(" GMT").toString();
    }

    /// Seconds since 1970 as access logs write them, as in `06/Nov/1994:08:49:37 +0000`.
    public static String formatForLog(long epochSecond) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
        var text = new StringBuilder(26);
        twoDigits(text, time.getDayOfMonth()).append('/').append(month(time)).append('/');
        text.append(time.getYear()).append(':');
        return appendTime(text, time).append(" +0000").toString();
    }

    private static String month(LocalDateTime time) {
        return MONTHS.get(time.getMonthValue() - 1);
    }

    private static StringBuilder appendTime(StringBuilder text, LocalDateTime time) {
        twoDigits(text, time.getHour()).append(':');
        twoDigits(text, time.getMinute()).append(':');
        return twoDigits(text, time.getSecond());
    }

    private static StringBuilder twoDigits(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /// Seconds since 1970 of a date in any of the three forms, or [#NONE].
    ///
    /// @param thisYear the present year, to place the two digits of the form of RFC 850: never more than 50 years
    /// ahead
    public static long parse(String text, int thisYear) {
        try {
            if (text.length() == 29 && text.endsWith(" GMT") && text.startsWith(", ", 3)) {
                return parseUsual(text);
            }
            int comma = text.indexOf(", ");
            if (comma > 3 && text.length() == comma + 24 && text.endsWith(" GMT")) {
                return parseRfc850(text, comma, thisYear);
            }
            return text.length() == 24 ? parseAsctime(text) : NONE;
        } catch (DateTimeException noDate) {
            return NONE;
        }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static long parseUsual(String text) {
        if (!DAYS.contains(text.substring(0, 3)) || text.charAt(7) != ' ' || text.charAt(11) != ' ') {
            return NONE;
        }
        return seconds(number(text, 12, 16), text.substring(8, 11), number(text, 5, 7), text, 16);
    }

    /// `Sunday, 06-Nov-94 08:49:37 GMT`.
    private static long parseRfc850(String text, int comma, int thisYear) {
        int day = comma + 2;
        if (!LONG_DAYS.contains(text.substring(0, comma))
                || text.charAt(day + 2) != '-'
                || text.charAt(day + 6) != '-') {
            return NONE;
        }
        int year = number(text, day + 7, day + 9) + thisYear / 100 * 100;
        return seconds(
                year > thisYear + 50 ? year - 100 : year,
                text.substring(day + 3, day + 6),
                number(text, day, day + 2),
                text,
                day + 9);
    }

    /// `Sun Nov  6 08:49:37 1994`.
    private static long parseAsctime(String text) {
        if (!DAYS.contains(text.substring(0, 3))
                || text.charAt(3) != ' '
                || text.charAt(7) != ' '
                || text.charAt(19) != ' ') {
            return NONE;
        }
        int day = text.charAt(8) == ' ' ? number(text, 9, 10) : number(text, 8, 10);
        return seconds(number(text, 20, 24), text.substring(4, 7), day, text, 10);
    }

    /// @param timeAt where ` 08:49:37` begins
    private static long seconds(int year, String month, int day, String text, int timeAt) {
        int hour = number(text, timeAt + 1, timeAt + 3);
        int minute = number(text, timeAt + 4, timeAt + 6);
        int second = number(text, timeAt + 7, timeAt + 9);
        if (text.charAt(timeAt) != ' ' || text.charAt(timeAt + 3) != ':' || text.charAt(timeAt + 6) != ':') {
            return NONE;
        }
        // A leap second is the first second of the next minute to us, who have no other name for it.
        int leap = second == 60 ? 1 : 0;
        return LocalDateTime.of(year, MONTHS.indexOf(month) + 1, day, hour, minute, second - leap)
                        .toEpochSecond(ZoneOffset.UTC)
                + leap;
    }

    /// The number at a place.
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("not a digit");
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
