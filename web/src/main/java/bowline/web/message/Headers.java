package bowline.web.message;

import bowline.bytes.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The fields of one head in their order (RFC 9110 §5): immutable, and valid by construction (G3).
///
/// Inside are the bytes as they stand on the wire and where the names and values are; Strings are made when
/// asked for. What was received was checked by [HeadScanner], what is built is checked by [Builder], so either
/// is written as it stands. Values are read and written as ISO-8859-1, the one reading that loses nothing.
public final class Headers {

    /// Longest head that can be held, in bytes: places are 16 bits.
    public static final int MAX_BYTES = 0xFFFF;

    /// No fields.
    public static final Headers EMPTY = new Headers(new byte[0], 0, 0, new int[0], 0);

    private static final int INTS_A_FIELD = 3;
    private static final int UNKNOWN_NAME = -1;

    private final byte[] bytes;
    private final int start;
    private final int end;
    /// For each field: where its name is, where its value is (start in the high half, end in the low), its number.
    private final int[] index;
    private long known;
    private long repeated;

    /// @param bytes a head, kept as it is
    /// @param start where the first field line begins
    /// @param end behind the last field line
    /// @param places two ints a field: name and value
    Headers(byte[] bytes, int start, int end, int[] places, int count) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.index = new int[count * INTS_A_FIELD];
        for (int i = 0; i < count; i++) {
            int name = places[2 * i];
            index[INTS_A_FIELD * i] = name;
            index[INTS_A_FIELD * i + 1] = places[2 * i + 1];
            index[INTS_A_FIELD * i + 2] = recognise(HeaderName.find(bytes, name >>> 16, name & 0xFFFF));
        }
    }

    private int recognise(@Nullable HeaderName name) {
        if (name == null) {
            return UNKNOWN_NAME;
        }
        repeated |= known & name.bit();
        known |= name.bit();
        return name.number();
    }

    static int place(int start, int end) {
        return start << 16 | end;
    }

    // Making them

    /// Fields from names and values in turn.
    ///
    /// @throws IllegalArgumentException if a name is no token or a value could not be sent as it is
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("the name \"" + namesAndValues[namesAndValues.length - 1]
                    + "\" has no value: give names and values in turn");
        }
        var builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /// An empty builder.
    public static Builder builder() {
        return new Builder();
    }

    /// These fields and one more.
    public Headers with(HeaderName name, String value) {
        return builder().addAll(this).add(name, value).build();
    }

    /// These fields without those of one name.
    public Headers without(HeaderName name) {
        if (!has(name)) {
            return this;
        }
        var builder = builder();
        for (int i = 0; i < size(); i++) {
            if (number(i) != name.number()) {
                builder.addFrom(this, i);
            }
        }
        return builder.build();
    }

    // Looking

    /// How many fields there are.
    public int size() {
        return index.length / INTS_A_FIELD;
    }

    /// The name of the field at `i`, as it was written.
    public String name(int i) {
        return text(index[INTS_A_FIELD * i]);
    }

    /// The value of the field at `i`.
    public String value(int i) {
        return text(valuePlace(i));
    }

    /// Whether there is such a field.
    public boolean has(HeaderName name) {
        return (known & name.bit()) != 0;
    }

    /// Whether there is more than one such field.
    public boolean repeated(HeaderName name) {
        return (repeated & name.bit()) != 0;
    }

    /// The value of the first field of that name, or null.
    public @Nullable String first(HeaderName name) {
        int i = find(name, 0);
        return i < 0 ? null : value(i);
    }

    /// The value of the first field of that name, in whatever case, or null.
    public @Nullable String first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /// The values of all fields of that name, in order.
    public List<String> all(HeaderName name) {
        var values = new ArrayList<String>();
        for (int i = find(name, 0); i >= 0; i = find(name, i + 1)) {
            values.add(value(i));
        }
        return values;
    }

    /// The values of all fields of that name, in whatever case, in order.
    public List<String> all(String name) {
        HeaderName knownName = HeaderName.of(name);
        if (knownName != null) {
            return all(knownName);
        }
        var values = new ArrayList<String>();
        for (int i = 0; i < size(); i++) {
            if (number(i) == UNKNOWN_NAME && name(i).equalsIgnoreCase(name)) {
                values.add(value(i));
            }
        }
        return values;
    }

    /// The value of the first field of that name as a decimal number; -1 if there is none, or it is not made of
    /// digits alone, or does not fit a `long`.
    public long number(HeaderName name) {
        int i = find(name, 0);
        if (i < 0) {
            return -1;
        }
        int at = valuePlace(i) >>> 16;
        int behind = valuePlace(i) & 0xFFFF;
        if (at == behind) {
            return -1;
        }
        long number = 0;
        for (; at < behind; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /// Whether `element` is in the comma-separated lists of that name, in whatever case (RFC 9110 §5.6.1).
    public boolean lists(HeaderName name, String element) {
        for (int i = find(name, 0); i >= 0; i = find(name, i + 1)) {
            if (listAt(valuePlace(i), element)) {
                return true;
            }
        }
        return false;
    }

    private boolean listAt(int place, String element) {
        int behind = place & 0xFFFF;
        int from = place >>> 16;
        for (int at = from; at <= behind; at++) {
            if (at == behind || bytes[at] == ',') {
                if (isAt(from, at, element)) {
                    return true;
                }
                from = at + 1;
            }
        }
        return false;
    }

    private boolean isAt(int from, int to, String element) {
        int first = from;
        int last = to;
        while (first < last && bytes[first] <= ' ' && bytes[first] >= 0) {
            first++;
        }
        while (last > first && bytes[last - 1] <= ' ' && bytes[last - 1] >= 0) {
            last--;
        }
        if (last - first != element.length()) {
            return false;
        }
        for (int i = 0; i < element.length(); i++) {
            if (Alphabet.fold(bytes[first + i]) != Character.toLowerCase(element.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Whether `Host` is there once and names a host and perhaps a port (RFC 9112 §3.2).
    public boolean hasOneHost() {
        int i = find(HeaderName.HOST, 0);
        return i >= 0
                && !repeated(HeaderName.HOST)
                && Authority.isValid(bytes, valuePlace(i) >>> 16, valuePlace(i) & 0xFFFF);
    }

    private int find(HeaderName name, int from) {
        if (!has(name)) {
            return -1;
        }
        for (int i = from; i < size(); i++) {
            if (number(i) == name.number()) {
                return i;
            }
        }
        return -1;
    }

    private int valuePlace(int i) {
        return index[INTS_A_FIELD * i + 1];
    }

    private int number(int i) {
        return index[INTS_A_FIELD * i + 2];
    }

    private String text(int place) {
        int from = place >>> 16;
        return new String(bytes, from, (place & 0xFFFF) - from, StandardCharsets.ISO_8859_1);
    }

    // As bytes

    /// Writes every field as a line of its own, and no blank line behind.
    public void writeTo(ByteSink sink) {
        if (end > start) {
            sink.write(bytes, start, end - start);
        }
    }

    /// How many bytes [#writeTo] writes.
    public int lengthBytes() {
        return end - start;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Equal when names, in whatever case, and values are equal and in the same order.
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Headers headers) || headers.size() != size()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (!name(i).equalsIgnoreCase(headers.name(i)) || !value(i).equals(headers.value(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < size(); i++) {
            hash = 31 * hash + name(i).toLowerCase(Locale.ROOT).hashCode() + value(i).hashCode();
        }
        return hash;
    }

    /// One `name: value` a line.
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : "\n").append(name(i)).append(": ").append(value(i));
        }
        return text.toString();
    }

    /// Collects fields, checking each, in the form in which they are written.
    public static final class Builder {
        private byte[] bytes = new byte[128];
        private int used;
        private int[] places = new int[16];
        private int count;

        private Builder() {}

        /// Adds a field.
        ///
        /// @throws IllegalArgumentException if the value could not be sent as it is
        public Builder add(HeaderName name, String value) {
            checkValue(name.text(), value);
            byte[] prefix = name.prefix();
            reserve(prefix.length + value.length() + 2);
            System.arraycopy(prefix, 0, bytes, used, prefix.length);
            return addValue(prefix.length - 2, value);
        }

        /// Adds a field.
        ///
        /// @throws IllegalArgumentException if the name is no token or the value could not be sent as it is
        public Builder add(String name, String value) {
            if (!Alphabet.isToken(name)) {
                throw new IllegalArgumentException("field name \"" + Quoted.of(name)
                        + "\" is not a token: letters, digits and !#$%&'*+-.^_`|~ (RFC 9110 §5.1)");
            }
            checkValue(name, value);
            reserve(name.length() + 2 + value.length() + 2);
            put(name, used);
            bytes[used + name.length()] = ':';
            bytes[used + name.length() + 1] = ' ';
            return addValue(name.length(), value);
        }

        /// Adds all fields of another head.
        public Builder addAll(Headers headers) {
            for (int i = 0; i < headers.size(); i++) {
                addFrom(headers, i);
            }
            return this;
        }

        Builder addFrom(Headers headers, int i) {
            return add(headers.name(i), headers.value(i));
        }

        /// The fields collected so far.
        public Headers build() {
            return new Headers(Arrays.copyOf(bytes, used), 0, used, places, count);
        }

        private static void checkValue(String name, String value) {
            if (!Alphabet.isValue(value)) {
                throw new IllegalArgumentException("value \"" + Quoted.of(value) + "\" of field " + name
                        + " cannot be sent: only visible ISO-8859-1 characters, and spaces or tabs inside"
                        + " (RFC 9110 §5.5)");
            }
        }

        private Builder addValue(int nameLength, String value) {
            int valueStart = used + nameLength + 2;
            int valueEnd = valueStart + value.length();
            put(value, valueStart);
            bytes[valueEnd] = '\r';
            bytes[valueEnd + 1] = '\n';
            if (2 * count == places.length) {
                places = Arrays.copyOf(places, 2 * places.length);
            }
            places[2 * count] = place(used, used + nameLength);
            places[2 * count + 1] = place(valueStart, valueEnd);
            count++;
            used = valueEnd + 2;
            return this;
        }

        @SuppressWarnings("deprecation") // the one method that copies Latin-1 without a detour; checked before
        private void put(String text, int at) {
            text.getBytes(0, text.length(), bytes, at);
        }

        private void reserve(int more) {
            if (used + more > MAX_BYTES) {
                throw new IllegalArgumentException("the fields come to more than " + MAX_BYTES + " bytes");
            }
            if (used + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(used + more, 2 * bytes.length));
            }
        }
    }
}
