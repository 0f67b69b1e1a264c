package bowline.simulation.child;

import bowline.process.PipeInput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A program's end of a pipe that it reads. As the JDK's, it reads one piece, and the next when that is taken; and one
/// that is closed while it waits for the other side goes on waiting, and takes no notice of what comes.
final class ReadingEnd implements PipeInput {
    /// Most bytes of one piece, as of a real one.
    private static final int PIECE_MAX_BYTES = 16_384;

    private final BytePipe pipe;
    private final Pace pace;
    private final Runnable gone;
    private @Nullable Taker taker;
    private boolean reading;
    private boolean lent;
    private boolean closing;
    private boolean over;

    /// @param gone told when it has closed the pipe
    ReadingEnd(BytePipe pipe, Pace pace, Runnable gone) {
        this.pipe = pipe;
        this.pace = pace;
        this.gone = gone;
    }

    @Override
    public void start(Taker newTaker) {
        taker = newTaker;
        pipe.onReadable(this::look);
        look();
    }

    private void look() {
        if (!reading && !lent && !over && pipe.canRead()) {
            reading = true;
            pace.soon(this::read);
        }
    }

    private void read() {
        reading = false;
        if (over || taker == null) {
            return;
        }
        if (closing || pipe.atEnd()) {
            end();
            return;
        }
        lent = true;
        taker.arrived(ByteBuffer.wrap(pipe.read(pace.piece(Math.min(pipe.size(), PIECE_MAX_BYTES)))));
    }

    @Override
    public void taken() {
        lent = false;
        if (closing) {
            end();
        } else {
            look();
        }
    }

    @Override
    public void close() {
        closing = true;
        if (lent) {
            end();
        }
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        pipe.closeReader();
        gone.run();
        if (taker != null) {
            taker.ended();
        }
    }
}
