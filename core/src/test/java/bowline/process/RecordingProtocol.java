package bowline.process;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes down what it is told, and fires when the process has ended.
class RecordingProtocol extends ProcessProtocol {
    final List<String> events = new ArrayList<>();
    final Deferred<Throwable> ended = new Deferred<>();
    final StringBuilder out = new StringBuilder();
    final StringBuilder err = new StringBuilder();

    @Override
    public void connectionMade() {
        events.add("made");
    }

    @Override
    public void outReceived(ByteBuffer unread) {
        note("out");
        out.append(StandardCharsets.ISO_8859_1.decode(unread));
    }

    @Override
    public void errReceived(ByteBuffer unread) {
        note("err");
        err.append(StandardCharsets.ISO_8859_1.decode(unread));
    }

    @Override
    public void inConnectionLost() {
        events.add("in lost");
    }

    @Override
    public void outConnectionLost() {
        events.add("out lost");
    }

    @Override
    public void errConnectionLost() {
        events.add("err lost");
    }

    @Override
    public void processExited(Failure reason) {
        events.add("exited");
    }

    @Override
    public void processEnded(Failure reason) {
        events.add("ended");
        ended.callback(reason.value());
    }

    private void note(String event) {
        if (!events.getLast().equals(event)) {
            events.add(event);
        }
    }
}
