package bowline.supervise;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/// Cuts a child's output into lines for the log. Holds one line at most; a longer one goes out in pieces.
final class LineLog {
    private static final int FIRST_BYTES = 128;

    private final int lineMaxBytes;
    private final Consumer<String> log;
    private byte[] line;
    private int length;

    LineLog(int lineMaxBytes, Consumer<String> log) {
        this.lineMaxBytes = lineMaxBytes;
        this.log = log;
        line = new byte[Math.min(FIRST_BYTES, lineMaxBytes)];
    }

    /// Takes all of `bytes`.
    void received(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                tell();
            } else {
                append(next);
            }
        }
    }

    private void append(byte next) {
        if (length == lineMaxBytes) {
            tell();
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, Math.min(2 * length, lineMaxBytes));
        }
        line[length++] = next;
    }

    /// There is no more: what was begun is told as it is.
    void ended() {
        if (length > 0) {
            tell();
        }
    }

    private void tell() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        length = 0;
        log.accept(new String(line, 0, end, StandardCharsets.UTF_8));
    }
}
