package bowline.defer;

import org.jspecify.annotations.Nullable;

/// Where a Deferred was made and where it was first fired, kept only when debugging (UNH-4).
final class Trail {
    private final Throwable creation = new Throwable();
    private @Nullable Throwable firing;

    void fired() {
        firing = new Throwable();
    }

    /// A block of lines, ` C:` for the creator's and ` I:` for the invoker's.
    @Override
    public String toString() {
        var text = new StringBuilder("\n(debug: ");
        lines(text, " C:", creation);
        if (firing != null) {
            lines(text, " I:", firing);
        }
        return text.append(')').toString();
    }

    private static void lines(StringBuilder text, String mark, Throwable place) {
        for (StackTraceElement frame : place.getStackTrace()) {
            text.append('\n').append(mark).append(' ').append(frame);
        }
    }
}
