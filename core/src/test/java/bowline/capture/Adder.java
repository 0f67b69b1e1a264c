package bowline.capture;

import bowline.protocol.Protocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Answers each line with the sum so far, and leaves what is no whole line unread. Throws up at what is no number.
final class Adder extends Protocol {
    private final int step;
    private int sum;

    Adder() {
        this(1);
    }

    /// One that multiplies what it adds.
    Adder(int step) {
        this.step = step;
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        for (int end = endOfLine(unread); end >= 0; end = endOfLine(unread)) {
            byte[] line = new byte[end - unread.position()];
            unread.get(line).get();
            sum += step * Integer.parseInt(new String(line, StandardCharsets.US_ASCII));
            transport().write(sum + "\n");
        }
    }

    private static int endOfLine(ByteBuffer unread) {
        for (int i = unread.position(); i < unread.limit(); i++) {
            if (unread.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }
}
