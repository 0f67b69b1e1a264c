package bowline.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// Our end of a pipe that somebody else reads: takes everything at once, and writes it as there is room. Its
/// methods are for the reactor's thread.
public interface PipeOutput {

    /// Who is told how far it is. May be told on any thread.
    interface Teller {

        /// So many bytes are in the pipe.
        void sent(int bytes);

        /// So many bytes of a file are in the pipe.
        void fileSent(int bytes);

        /// All of the file is in the pipe.
        void fileDone();

        /// The pipe is closed, and nothing is told after this.
        ///
        /// @param fault why it could not be written any more; null if that was not so
        void ended(@Nullable IOException fault);
    }

    /// Says who is told; before anything is written.
    void start(Teller teller);

    /// Writes these bytes, after all of before.
    void write(ByteBuffer bytes);

    /// Writes a part of a file, after all of before. There is one at a time.
    void write(FileChannel file, long position, long count);

    /// Closes the pipe when everything is written.
    void complete();

    /// Closes the pipe; what is not in it yet is dropped. Whoever calls this need not be told that it has ended.
    void drop();
}
