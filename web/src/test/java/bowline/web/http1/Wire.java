package bowline.web.http1;

import bowline.bytes.ByteSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A sink that keeps what was written, to be read as text.
final class Wire implements ByteSink {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Override
    public void write(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        written.writeBytes(copy);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        written.write(bytes, offset, length);
    }

    String text() {
        return written.toString(StandardCharsets.ISO_8859_1);
    }

    /// What was written since the last time.
    String take() {
        String text = text();
        written.reset();
        return text;
    }
}
