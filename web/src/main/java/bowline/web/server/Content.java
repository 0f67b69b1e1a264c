package bowline.web.server;

import bowline.defer.Deferred;
import bowline.protocol.Consumer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the body of a response is made of.
public sealed interface Content {

    /// No body.
    Content EMPTY = bytes(new byte[0]);

    /// Bytes that are there. The array must not change before the response is through.
    static Content bytes(byte[] array) {
        return new Bytes(ByteBuffer.wrap(array));
    }

    /// Bytes that are there, from position to limit. They must not change before the response is through; where the
    /// buffer stands is left as it is.
    record Bytes(ByteBuffer data) implements Content {}

    /// A part of an open file, sent by `Transport.sendFile`.
    record FilePart(FileChannel file, long position, long count) implements Content {}

    /// One thing behind the other.
    ///
    /// @param inOrder bytes and parts of files; nothing that is itself made of several
    record Several(List<Content> inOrder) implements Content {
        /// Checks that nothing in it cannot be there.
        public Several {
            inOrder = List.copyOf(inOrder);
            for (Content part : inOrder) {
                if (part instanceof Several || part instanceof Streamed) {
                    throw new IllegalArgumentException("only bytes and parts of files can stand behind one another");
                }
            }
        }
    }

    /// Made while it is sent.
    record Streamed(Streamer streamer) implements Content {}

    /// Writes a body as it comes to be.
    @FunctionalInterface
    interface Streamer {

        /// Writes the body into `sink` until the Deferred fires; if it fails, the connection is cut, for the
        /// client must not take the rest for the whole. To write no faster than the client reads, register a
        /// producer with the sink, and unregister it before the Deferred fires.
        Deferred<@Nullable Void> stream(Consumer sink) throws Exception;
    }
}
