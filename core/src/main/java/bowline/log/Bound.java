package bowline.log;

import bowline.failure.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of an event under their names, and the failure among them.
///
/// @param values the keys of the event
/// @param failure what went wrong, if anything
record Bound(Map<String, @Nullable Object> values, @Nullable Failure failure) {

    /// Gives `values` to the names in `format` that `keys` do not have, in order. Of those left over the
    /// last may be the failure, if there is none; the others get the name `value` and their place.
    static Bound of(
            Map<String, @Nullable Object> keys, String format, @Nullable Failure failure, @Nullable Object[] values) {
        var named = new LinkedHashMap<String, @Nullable Object>(keys);
        int used = 0;
        for (String name : LogFormat.of(format).roots()) {
            if (used < values.length && !keys.containsKey(name)) {
                named.put(name, values[used++]);
            }
        }
        int end = values.length;
        Failure last = failure == null && used < end ? asFailure(values[end - 1]) : null;
        if (last != null) {
            end--;
        }
        for (; used < end; used++) {
            named.put("value" + used, values[used]);
        }
        return new Bound(named, last == null ? failure : last);
    }

    private static @Nullable Failure asFailure(@Nullable Object value) {
        return switch (value) {
            case Failure failure -> failure;
            case Throwable thrown when !Failure.isFatal(thrown) -> Failure.of(thrown);
            case null, default -> null; // an error of the JVM itself cannot be had as a failure (FAI-13)
        };
    }
}
