package bowline.testing;

import bowline.bytes.Ascii;
import bowline.capture.CaptureEvent;
import bowline.capture.CapturedConnection;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares what a protocol writes, as it comes, with what it wrote when it was captured. Of bytes that were
/// masked, and of files, only the number counts.
final class WrittenComparison {
    private static final int SHOWN_MAX = 60;

    private final List<CaptureEvent> pieces;
    private int piece;
    private long inPiece;
    private long offset;
    private @Nullable Difference difference;

    WrittenComparison(CapturedConnection captured) {
        pieces = captured.events().stream()
                .filter(event -> switch (event.kind()) {
                    case WRITTEN, FILE -> lengthOf(event) > 0;
                    default -> false;
                })
                .toList();
    }

    private static long lengthOf(CaptureEvent event) {
        return event.kind() == CaptureEvent.Kind.FILE ? event.number() : event.length();
    }

    /// How many bytes were compared.
    long bytes() {
        return offset;
    }

    @Nullable
    Difference difference() {
        return difference;
    }

    /// Whether nothing more is to be compared.
    boolean isOver() {
        return difference != null || piece == pieces.size();
    }

    /// The protocol has written this.
    void take(ByteBuffer written) {
        while (written.hasRemaining() && difference == null) {
            if (piece == pieces.size()) {
                differ("the protocol writes more than it did", "", Ascii.quote(written, SHOWN_MAX), lastNanos());
                return;
            }
            CaptureEvent expected = pieces.get(piece);
            if (!isSame(expected, written.get(written.position()))) {
                differ(
                        "the protocol writes something else",
                        rest(expected),
                        Ascii.quote(written, SHOWN_MAX),
                        expected.nanos());
                return;
            }
            written.get();
            step(expected);
        }
        written.position(written.limit());
    }

    /// The protocol writes no more.
    void end() {
        if (difference == null && piece < pieces.size()) {
            CaptureEvent expected = pieces.get(piece);
            differ("the protocol writes less than it did", rest(expected), "", expected.nanos());
        }
    }

    private void step(CaptureEvent expected) {
        offset++;
        if (++inPiece == lengthOf(expected)) {
            piece++;
            inPiece = 0;
        }
    }

    private boolean isSame(CaptureEvent expected, byte next) {
        if (expected.kind() == CaptureEvent.Kind.FILE) {
            return true;
        }
        int index = (int) inPiece;
        return expected.isMasked(index) || expected.byteAt(index) == next;
    }

    private String rest(CaptureEvent expected) {
        if (expected.kind() == CaptureEvent.Kind.FILE) {
            return (expected.number() - inPiece) + " bytes of a file";
        }
        byte[] bytes = expected.bytes();
        return Ascii.quote(ByteBuffer.wrap(bytes, (int) inPiece, bytes.length - (int) inPiece), SHOWN_MAX);
    }

    private long lastNanos() {
        return pieces.isEmpty() ? 0 : pieces.getLast().nanos();
    }

    private void differ(String what, String then, String now, long nanos) {
        difference = new Difference(what, offset, nanos, then, now);
    }
}
