package bowline.testing;

import bowline.failure.Failure;
import org.jspecify.annotations.Nullable;

/// What came of a [Replay].
///
/// @param difference the first one; null if the protocol did what it did
/// @param capturedError what the protocol threw when it was captured: class, space, message; null if nothing
/// @param error what it threw now; null if nothing. A [ReplayedPeer] does not see it
/// @param writtenBytes how much it wrote now, as far as it was compared
public record ReplayReport(
        @Nullable Difference difference,
        @Nullable String capturedError,
        @Nullable Failure error,
        long writtenBytes) {

    /// Whether it wrote the same.
    public boolean isSame() {
        return difference == null;
    }

    /// Whether there was an error, and it is the same now: of the same class, with the same message.
    public boolean hasSameError() {
        return capturedError != null && error != null && capturedError.equals(textOf(error));
    }

    private static String textOf(Failure failure) {
        return failure.typeName() + " " + failure.message();
    }

    /// For people.
    @Override
    public String toString() {
        String written = difference == null ? "the same " + writtenBytes + " bytes are written" : difference.toString();
        if (capturedError == null && error == null) {
            return written;
        }
        String then = capturedError == null ? "nothing" : capturedError;
        return written + "; thrown was " + then + " and is " + (error == null ? "nothing" : textOf(error));
    }
}
