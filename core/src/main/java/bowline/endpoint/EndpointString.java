package bowline.endpoint;

import bowline.bytes.Ascii;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A description of an endpoint, taken apart: `type:argument:argument:key=value` (END-6).
///
/// `:` separates fields. In each, the first `=` separates a key from its value, later ones belong to the value. `\`
/// takes the special meaning from the character behind it. Values are text; what they mean is the type's business.
///
/// @param type the first field, in lower case (END-7)
/// @param positional the fields without a key, in order
/// @param named the others
public record EndpointString(String type, List<String> positional, Map<String, String> named) {
    private static final String MASK = "***";
    private static final int SHOWN_MAX_CHARS = 40;

    /// Keeps the order of the keys.
    public EndpointString {
        type = type.toLowerCase(Locale.ROOT);
        positional = List.copyOf(positional);
        named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    /// Takes a description apart.
    ///
    /// @throws IllegalArgumentException if there is no type, a key comes twice, or it ends in a lone `\`
    public static EndpointString parse(String description) {
        return new Reader(description).read();
    }

    /// `text` as a field or a value that is read back as it is.
    public static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 4);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A bare = is harmless inside a value, but would split a positional argument.
            if (c == '\\' || c == ':' || c == '=') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.toString();
    }

    /// The same for logs and complaints: with `***` for what is secret, the value of any key that speaks of a
    /// password or a secret, in descriptions within it too.
    public EndpointString masked() {
        Map<String, String> shown = new LinkedHashMap<>();
        named.forEach((key, value) -> shown.put(key, isSecret(key) ? MASK : masked(value)));
        return new EndpointString(
                type, positional.stream().map(EndpointString::masked).toList(), shown);
    }

    private static boolean isSecret(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("password") || lower.contains("secret");
    }

    /// A value that may be the description of another endpoint.
    private static String masked(String value) {
        if (!isSecret(value)) {
            return value;
        }
        try {
            EndpointString inner = parse(value);
            return inner.named.isEmpty() ? value : inner.masked().toString();
        } catch (IllegalArgumentException unreadable) {
            return MASK;
        }
    }

    /// The description again, in one spelling. It has everything: see [#masked].
    @Override
    public String toString() {
        var text = new StringBuilder(quote(type));
        positional.forEach(value -> text.append(':').append(quote(value)));
        named.forEach(
                (key, value) -> text.append(':').append(quote(key)).append('=').append(quote(value)));
        return text.toString();
    }

    /// Reads one description, a character at a time.
    private static final class Reader {
        private final String description;
        private final List<String> positional = new ArrayList<>();
        private final Map<String, String> named = new LinkedHashMap<>();
        private final StringBuilder text = new StringBuilder();
        private String type = "";
        private boolean keyed;
        private String key = "";

        Reader(String description) {
            this.description = description;
        }

        EndpointString read() {
            for (int i = 0; i < description.length(); i++) {
                char c = description.charAt(i);
                if (c == '\\') {
                    if (++i == description.length()) {
                        throw refusal("it ends in a lone \\; write \\\\ for a backslash");
                    }
                    text.append(description.charAt(i));
                } else if (c == ':') {
                    endField();
                } else if (c == '=' && !keyed) {
                    keyed = true;
                    key = takeText();
                } else {
                    text.append(c);
                }
            }
            endField();
            return new EndpointString(type, positional, named);
        }

        private void endField() {
            String value = takeText();
            if (type.isEmpty()) {
                if (keyed || value.isEmpty()) {
                    throw refusal("it does not begin with a type, as in tcp:8080");
                }
                type = value;
            } else if (!keyed) {
                positional.add(value);
            } else if (named.putIfAbsent(key, value) != null) {
                throw refusal("it has " + (isSecret(key) ? "a secret" : key + "=") + " twice");
            }
            keyed = false;
        }

        private String takeText() {
            String taken = text.toString();
            text.setLength(0);
            return taken;
        }

        /// Tells of the description no more than its beginning, for what cannot be read may hide a password
        /// anywhere.
        private IllegalArgumentException refusal(String complaint) {
            int end = 0;
            while (end < description.length() && "\\:=".indexOf(description.charAt(end)) < 0) {
                end++;
            }
            String shown = Ascii.quote(description.substring(0, end), SHOWN_MAX_CHARS);
            String rest = end == description.length() ? "" : " and so on";
            return new IllegalArgumentException("endpoint " + shown + rest + " cannot be read: " + complaint);
        }
    }
}
