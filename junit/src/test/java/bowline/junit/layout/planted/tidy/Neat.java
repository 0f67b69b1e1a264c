package bowline.junit.layout.planted.tidy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/// Bytes and values only.
record Neat(ByteBuffer bytes, Instant when) {
    void fail() throws IOException {
        throw new IOException("told at " + when.plusSeconds(1));
    }
}
