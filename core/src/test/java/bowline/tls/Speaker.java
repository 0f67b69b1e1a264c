package bowline.tls;

import bowline.failure.Failure;
import bowline.protocol.HalfCloseable;
import bowline.protocol.Protocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A protocol that notes what it is told.
public class Speaker extends Protocol implements HandshakeListener {
    public final List<String> told = new ArrayList<>();
    private final StringBuilder received = new StringBuilder();
    public Consumer<Speaker> whenMade = _ -> {};
    public Consumer<Speaker> whenHandshaken = _ -> {};
    public Consumer<ByteBuffer> whenReceived = this::take;
    public @Nullable Failure reason;

    /// One that goes on when one direction has ended.
    public static final class Half extends Speaker implements HalfCloseable {
        @Override
        public void readConnectionLost() {
            told.add("read lost");
        }

        @Override
        public void writeConnectionLost() {
            told.add("write lost");
        }
    }

    public TlsTransport tls() {
        return (TlsTransport) transport();
    }

    public void take(ByteBuffer unread) {
        received.append(StandardCharsets.ISO_8859_1.decode(unread));
    }

    public String received() {
        return received.toString();
    }

    @Override
    public void connectionMade() {
        told.add("made");
        whenMade.accept(this);
    }

    @Override
    public void handshakeCompleted() {
        told.add("handshake");
        whenHandshaken.accept(this);
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        whenReceived.accept(unread);
    }

    @Override
    public void connectionLost(Failure why) {
        reason = why;
        told.add("lost " + why.value().getClass().getSimpleName());
    }
}
