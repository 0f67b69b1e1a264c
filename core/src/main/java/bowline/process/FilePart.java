package bowline.process;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.IntConsumer;

/// A part of a file on its way into a pipe.
record FilePart(FileChannel file, long position, long count) {
    private static final int PIECE_BYTES = 65_536;

    /// Writes it all; `progress` is told how much, piece by piece. Blocks.
    void copyTo(OutputStream pipe, IntConsumer progress) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, count));
        for (long done = 0; done < count; ) {
            piece.clear().limit((int) Math.min(piece.capacity(), count - done));
            int length = file.read(piece, position + done);
            if (length < 0) {
                throw new EOFException(
                        "the file ends " + (count - done) + " bytes before the end of the part that was to be sent");
            }
            pipe.write(piece.array(), 0, length);
            pipe.flush();
            done += length;
            progress.accept(length);
        }
    }
}
