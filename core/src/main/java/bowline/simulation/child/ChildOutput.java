package bowline.simulation.child;

import bowline.bytes.ByteQueue;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What a child writes at one descriptor: into a pipe as there is room, or to nowhere.
final class ChildOutput {
    private final SimulatedChild child;
    private final @Nullable BytePipe pipe;
    private final BytePipe.@Nullable Writer writer;
    private final ByteQueue unwritten = new ByteQueue();
    private boolean waiting;

    ChildOutput(SimulatedChild child, @Nullable BytePipe pipe) {
        this.child = child;
        this.pipe = pipe;
        writer = pipe == null ? null : pipe.writer(this::goOnSoon);
    }

    /// The same pipe for a child of the child.
    ChildOutput shared(SimulatedChild other) {
        return new ChildOutput(other, pipe);
    }

    /// Takes it all; what finds no room waits.
    void write(ByteBuffer bytes) {
        if (writer == null) {
            bytes.position(bytes.limit());
        } else {
            unwritten.write(bytes);
            goOn(writer);
            if (unwritten.isEmpty()) {
                child.soon(child::written);
            }
        }
    }

    private void goOnSoon() {
        if (!unwritten.isEmpty() && !waiting && writer != null) {
            waiting = true;
            child.soon(() -> {
                waiting = false;
                goOn(writer);
                child.written();
            });
        }
    }

    private void goOn(BytePipe.Writer to) {
        while (!unwritten.isEmpty()) {
            if (to.isBroken()) {
                unwritten.clear();
                child.signalled(Signals.number("PIPE"));
            } else if (to.write(unwritten.readable(), unwritten.size()) == 0) {
                return;
            }
        }
    }

    boolean isWritten() {
        return unwritten.isEmpty();
    }

    void close() {
        unwritten.clear();
        if (writer != null) {
            writer.close();
        }
    }
}
