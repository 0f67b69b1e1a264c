package bowline.process;

import java.nio.ByteBuffer;

/// Our end of a pipe that somebody else writes: gives one piece at a time. Its methods are for the reactor's thread.
public interface PipeInput {

    /// Who takes the pieces. May be told on any thread.
    interface Taker {

        /// Something was read. The bytes are lent until [PipeInput#taken]; the next piece comes after that.
        void arrived(ByteBuffer piece);

        /// There is no more, and nothing is told after this.
        void ended();
    }

    /// Begins to read.
    void start(Taker taker);

    /// The piece that arrived is done with.
    void taken();

    /// Reads no more: what arrives from now on is nobody's, and the pipe is closed as soon as that can be done.
    void close();
}
