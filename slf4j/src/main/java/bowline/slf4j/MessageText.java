package bowline.slf4j;

import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/// A message of SLF4J with its arguments, which are put in when somebody reads it: a level filter by
/// namespace may drop an event that no one has formatted. Safe for any thread.
final class MessageText implements CharSequence {
    private final @Nullable String pattern;
    private final @Nullable Object @Nullable [] arguments;
    private volatile @Nullable String filled;

    MessageText(@Nullable String pattern, @Nullable Object @Nullable [] arguments) {
        this.pattern = pattern;
        this.arguments = arguments;
        this.filled = arguments == null || arguments.length == 0 ? String.valueOf(pattern) : null;
    }

    @Override
    public String toString() {
        String text = filled;
        if (text == null) {
            text = String.valueOf(MessageFormatter.basicArrayFormat(pattern, arguments));
            filled = text;
        }
        return text;
    }

    @Override
    public int length() {
        return toString().length();
    }

    @Override
    public char charAt(int index) {
        return toString().charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().subSequence(start, end);
    }
}
