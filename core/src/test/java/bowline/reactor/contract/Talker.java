package bowline.reactor.contract;

import bowline.failure.Failure;
import bowline.protocol.Protocol;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A protocol that does what the test says, and remembers what was done to it.
class Talker extends Protocol {
    final List<String> calls = new ArrayList<>();
    final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    Failure reason;
    private Consumer<Talker> whenMade = _ -> {};
    private Consumer<Talker> whenData = _ -> {};
    private Consumer<Talker> whenLost = _ -> {};

    Talker onMade(Consumer<Talker> action) {
        whenMade = action;
        return this;
    }

    Talker onData(Consumer<Talker> action) {
        whenData = action;
        return this;
    }

    Talker onLost(Consumer<Talker> action) {
        whenLost = action;
        return this;
    }

    void say(String text) {
        transport().write(text);
    }

    String heard() {
        return heard.toString(StandardCharsets.UTF_8);
    }

    /// The kind of reason that the connection ended with.
    Class<?> end() {
        return reason == null ? null : reason.type();
    }

    @Override
    public void connectionMade() {
        calls.add("made");
        whenMade.accept(this);
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        calls.add("data");
        while (unread.hasRemaining()) {
            heard.write(unread.get());
        }
        whenData.accept(this);
    }

    @Override
    public void connectionLost(Failure why) {
        calls.add("lost");
        reason = why;
        whenLost.accept(this);
    }
}
