package bowline.simulation.child;

import bowline.bytes.ByteQueue;
import bowline.process.PipeOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// A program's end of a pipe that it writes: what waits goes in piece by piece, as there is room.
final class WritingEnd implements PipeOutput {
    private final BytePipe.Writer pipe;
    private final Pace pace;
    private final Runnable gone;
    private final Deque<Part> parts = new ArrayDeque<>();
    private @Nullable Teller teller;
    private boolean writing;
    private boolean complete;
    private boolean over;

    /// What waits: bytes, or a part of a file.
    private static final class Part {
        private final ByteQueue bytes = new ByteQueue();
        private final @Nullable FileChannel file;
        private long position;
        private long left;

        Part() {
            file = null;
        }

        Part(FileChannel file, long position, long count) {
            this.file = file;
            this.position = position;
            left = count;
        }

        boolean isDone() {
            return bytes.isEmpty() && left == 0;
        }
    }

    /// @param gone told when it has closed the pipe
    WritingEnd(BytePipe pipe, Pace pace, Runnable gone) {
        this.pipe = pipe.writer(this::goOn);
        this.pace = pace;
        this.gone = gone;
    }

    @Override
    public void start(Teller newTeller) {
        teller = newTeller;
    }

    @Override
    public void write(ByteBuffer bytes) {
        Part last = parts.peekLast();
        if (last == null || last.file != null) {
            last = new Part();
            parts.addLast(last);
        }
        last.bytes.write(bytes);
        goOn();
    }

    @Override
    public void write(FileChannel file, long position, long count) {
        parts.addLast(new Part(file, position, count));
        goOn();
    }

    @Override
    public void complete() {
        complete = true;
        goOn();
    }

    @Override
    public void drop() {
        parts.clear();
        close();
    }

    private void goOn() {
        if (!writing && !over) {
            writing = true;
            pace.soon(this::writeSome);
        }
    }

    private void writeSome() {
        writing = false;
        Part first = parts.peekFirst();
        if (over || teller == null) {
            return;
        }
        if (first == null) {
            if (complete) {
                close();
                teller.ended(null);
            }
            return;
        }
        try {
            write(first, teller);
        } catch (IOException broken) {
            close();
            teller.ended(broken);
        }
    }

    private void write(Part part, Teller told) throws IOException {
        if (pipe.isBroken()) {
            throw new IOException("Broken pipe");
        }
        if (pipe.room() == 0) {
            return; // it goes on when there is room
        }
        if (part.file == null) {
            ByteBuffer waiting = part.bytes.readable();
            told.sent(pipe.write(waiting, pace.piece(Math.min(waiting.remaining(), pipe.room()))));
        } else if (part.left > 0) {
            writeFile(part, part.file, told);
        }
        if (part.isDone()) {
            parts.removeFirst();
            if (part.file != null) {
                told.fileDone();
            }
        }
        goOn();
    }

    private void writeFile(Part part, FileChannel file, Teller told) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(pace.piece((int) Math.min(part.left, pipe.room())));
        int length = file.read(piece, part.position);
        if (length < 0) {
            throw new EOFException(
                    "the file ends " + part.left + " bytes before the end of the part that was to be sent");
        }
        pipe.write(piece.flip(), length);
        part.position += length;
        part.left -= length;
        told.fileSent(length);
    }

    private void close() {
        if (!over) {
            over = true;
            pipe.close();
            gone.run();
        }
    }
}
