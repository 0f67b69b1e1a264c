package bowline.process;

import bowline.protocol.Producer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A child without a process: it remembers what it is sent, and does what the test says.
public final class ScriptedChild implements ProcessTransport {
    public final Spawn spawn;
    public final ProcessProtocol protocol;
    public final List<String> signals = new ArrayList<>();
    private final long number;
    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private final Set<Integer> open;
    private @Nullable Producer producer;
    private boolean paused;
    private @Nullable Integer status;
    public boolean refuseTerm;
    private boolean ended;

    ScriptedChild(long number, Spawn spawn, ProcessProtocol protocol) {
        this.number = number;
        this.spawn = spawn;
        this.protocol = protocol;
        open = new TreeSet<>(spawn.descriptors().keySet());
    }

    // What the test sees

    public String input() {
        return input.toString(StandardCharsets.ISO_8859_1);
    }

    public boolean open(int descriptor) {
        return open.contains(descriptor);
    }

    public boolean paused() {
        return paused;
    }

    public @Nullable Producer producer() {
        return producer;
    }

    // What the test does

    public void out(String text) {
        say(1, text);
    }

    public void err(String text) {
        say(2, text);
    }

    private void say(int descriptor, String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        protocol.childDataReceived(descriptor, bytes);
        if (bytes.hasRemaining()) {
            throw new AssertionError("left unread: " + bytes.remaining() + " bytes");
        }
    }

    /// The process is gone; its standard input with it.
    public void exit(int code) {
        status = code;
        protocol.processExited(ExitStatus.reason(code));
        close(0);
        endIfAllIsOver();
    }

    /// The process is gone and its pipes too.
    public void end(int code) {
        close(1);
        close(2);
        exit(code);
    }

    /// The child closes a descriptor.
    public void close(int descriptor) {
        if (!open.remove(descriptor)) {
            return;
        }
        if (descriptor == 0 && producer != null) {
            producer.stopProducing();
            producer = null;
        }
        protocol.childConnectionLost(descriptor);
        endIfAllIsOver();
    }

    private void endIfAllIsOver() {
        if (status != null && open.isEmpty() && !ended) {
            ended = true;
            protocol.processEnded(ExitStatus.reason(status));
        }
    }

    // What the program does

    @Override
    public @Nullable Long pid() {
        return status == null ? number : null;
    }

    @Override
    public void write(ByteBuffer bytes) {
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        write(all, 0, all.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (open.contains(0)) {
            input.write(bytes, offset, length);
        }
    }

    @Override
    public void writeToChild(int descriptor, ByteBuffer bytes) {
        write(bytes);
    }

    @Override
    public void closeChildFd(int descriptor) {
        close(descriptor);
    }

    @Override
    public void loseConnection() {
        List.copyOf(open).forEach(this::close);
    }

    @Override
    public void signalProcess(String name) {
        if (status != null) {
            throw new ProcessExitedAlready();
        }
        if (refuseTerm && name.equals("TERM")) {
            throw new UnsupportedOperationException("this system cannot ask a process to end");
        }
        signals.add(name);
    }

    @Override
    public void signalProcess(int number) {
        signalProcess(Integer.toString(number));
    }

    @Override
    public void resizeTerminal(WindowSize size) {
        throw new UnsupportedOperationException("a scripted child has no terminal");
    }

    @Override
    public void registerProducer(Producer registered) {
        if (open.contains(0)) {
            producer = registered;
        } else {
            registered.stopProducing();
        }
    }

    @Override
    public void unregisterProducer() {
        producer = null;
    }

    @Override
    public void pauseProducing() {
        paused = true;
    }

    @Override
    public void resumeProducing() {
        paused = false;
    }
}
