package bowline.web.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The value of `Range` for a file of a given size (RFC 9110 §14).
final class ByteRanges {

    /// The most ranges that are sent as such; more are answered with the whole file (H1-13).
    static final int RANGES_MAX = 16;

    /// Bytes from `first` to `last`, both included.
    record ByteRange(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }

    private ByteRanges() {}

    /// The ranges that can be satisfied, in the order asked for; empty when none can (416); null when the value
    /// is to be ignored: it is no list of byte ranges, or asks for too many, or for some bytes twice (H1-13).
    static @Nullable List<ByteRange> parse(String value, long size) {
        if (!value.toLowerCase(Locale.ROOT).startsWith("bytes=")) {
            return null;
        }
        var ranges = new ArrayList<ByteRange>();
        int count = 0;
        int from = "bytes=".length();
        while (from <= value.length()) {
            int comma = value.indexOf(',', from);
            int to = comma < 0 ? value.length() : comma;
            String spec = value.substring(from, to).strip();
            from = to + 1;
            if (spec.isEmpty()) {
                continue; // A list may have empty elements (RFC 9110 §5.6.1).
            }
            ByteRange range = range(spec, size);
            if (range == null || ++count > RANGES_MAX) {
                return null;
            }
            if (range.first < size && range.length() > 0) {
                ranges.add(range);
            }
        }
        return count == 0 || overlap(ranges) ? null : ranges;
    }

    /// `first-last`, `first-` or `-length`, cut at the file's end; null if it is none of these.
    private static @Nullable ByteRange range(String spec, long size) {
        int dash = spec.indexOf('-');
        String start = dash < 0 ? "" : spec.substring(0, dash);
        String end = dash < 0 ? "" : spec.substring(dash + 1);
        if ((start.isEmpty() && end.isEmpty()) || !isNumber(start) || !isNumber(end)) {
            return null;
        }
        if (start.isEmpty()) {
            long length = Math.min(number(end), size);
            return new ByteRange(size - length, size - 1);
        }
        long first = number(start);
        long last = end.isEmpty() ? Long.MAX_VALUE : number(end);
        if (last < first) {
            return null;
        }
        return new ByteRange(first, Math.min(last, size - 1));
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// The number, or the greatest that we can hold, which is beyond any file.
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            return Long.MAX_VALUE;
        }
    }

    private static boolean overlap(List<ByteRange> ranges) {
        List<ByteRange> sorted = ranges.stream()
                .sorted(Comparator.comparingLong(ByteRange::first))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).first <= sorted.get(i - 1).last) {
                return true;
            }
        }
        return false;
    }
}
