package bowline.examples;

import bowline.failure.Failure;
import bowline.protocol.Protocol;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Collects a poem until the server hangs up: what the poetry clients from 3.0 on share.
final class PoetryProtocol extends Protocol {
    private final Consumer<String> finished;
    private final ByteArrayOutputStream poem = new ByteArrayOutputStream();

    PoetryProtocol(Consumer<String> finished) {
        this.finished = finished;
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        byte[] piece = new byte[unread.remaining()];
        unread.get(piece);
        poem.writeBytes(piece);
    }

    @Override
    public void connectionLost(Failure reason) {
        finished.accept(poem.toString(StandardCharsets.UTF_8));
    }
}
