package bowline.policy;

import bowline.bytes.Ascii;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.Transport;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes the talk of each connection to a file of its own, `<prefix>-<n>` (POL-8): `*` when it opens and closes,
/// `C n:` for what the client sent, `S n:` for what this side sent, `SV n:` for a sequence of buffers; what was
/// said is escaped (G10), and elided beyond a length. Of a file only the size is written. For finding a fault: files
/// grow without limit, and secrets
/// are in them.
///
/// A file that cannot be written is logged and given up; the connection goes on.
///
/// @param <P> the protocols of the factory behind
public final class TrafficLoggingFactory<P extends Protocol> extends WrappingFactory<P> {

    /// Bytes of one read or write that are written out, unless told otherwise.
    public static final int SHOWN_MAX_BYTES = 65_536;

    private static final Logger log = Logger.of(TrafficLoggingFactory.class);

    private final Path prefix;
    private final int shownMaxBytes;
    private int connections;

    /// @param prefix the beginning of the files' names, with a folder that exists
    public TrafficLoggingFactory(Factory<P> factory, Path prefix) {
        this(factory, prefix, SHOWN_MAX_BYTES);
    }

    /// @param shownMaxBytes how much of one read or write is written out
    public TrafficLoggingFactory(Factory<P> factory, Path prefix, int shownMaxBytes) {
        super(factory);
        if (shownMaxBytes < 0) {
            throw new IllegalArgumentException("shownMaxBytes " + shownMaxBytes + " is negative");
        }
        this.prefix = prefix;
        this.shownMaxBytes = shownMaxBytes;
    }

    /// Begins to count the files from 1 again.
    public void resetCounter() {
        connections = 0;
    }

    @Override
    protected ProtocolWrapper<P> wrap(P inner, Address peer) {
        return new Logged<>(inner, new Diary(Path.of(prefix + "-" + ++connections)), shownMaxBytes);
    }

    /// One file.
    private static final class Diary {
        private final Path file;
        private @Nullable Writer writer;

        Diary(Path file) {
            this.file = file;
        }

        void open() {
            try {
                writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
            } catch (IOException broken) {
                log.failure("the traffic of a connection cannot be written to {file}", Failure.of(broken), file);
            }
        }

        void write(String line) {
            if (writer == null) {
                return;
            }
            try {
                writer.write(line + "\n");
                writer.flush();
            } catch (IOException broken) {
                log.failure("the traffic of a connection is no longer written to {file}", Failure.of(broken), file);
                close();
            }
        }

        void close() {
            Writer closed = writer;
            writer = null;
            try {
                if (closed != null) {
                    closed.close();
                }
            } catch (IOException broken) {
                log.failure("{file} may lack its end", Failure.of(broken), file);
            }
        }
    }

    private static final class Logged<P extends Protocol> extends ProtocolWrapper<P> {
        private final Diary diary;
        private final int shownMaxBytes;
        private int shown;
        private int received;
        private int sent;

        Logged(P inner, Diary diary, int shownMaxBytes) {
            super(inner);
            this.diary = diary;
            this.shownMaxBytes = shownMaxBytes;
        }

        @Override
        public void connectionMade() {
            diary.open();
            diary.write("*");
            super.connectionMade();
        }

        @Override
        public void dataReceived(ByteBuffer unread) {
            ByteBuffer fresh = unread.slice(unread.position() + shown, unread.remaining() - shown);
            if (fresh.hasRemaining()) {
                diary.write("C " + ++received + ": " + quoted(fresh));
            }
            super.dataReceived(unread);
            shown = unread.remaining();
        }

        @Override
        public void connectionLost(Failure reason) {
            diary.write("*");
            diary.close();
            super.connectionLost(reason);
        }

        private String quoted(ByteBuffer bytes) {
            return Ascii.quote(bytes, shownMaxBytes);
        }

        private void sends(String kind, ByteBuffer bytes) {
            sends(kind, quoted(bytes));
        }

        private void sends(String kind, String what) {
            diary.write(kind + " " + ++sent + ": " + what);
        }

        @Override
        protected Transport transportAbove(Transport below) {
            return new WrappedTransport(below) {
                @Override
                public void write(ByteBuffer bytes) {
                    sends("S", bytes);
                    super.write(bytes);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    sends("S", ByteBuffer.wrap(bytes, offset, length));
                    super.write(bytes, offset, length);
                }

                @Override
                public void writeOwned(ByteBuffer bytes) {
                    sends("S", bytes);
                    super.writeOwned(bytes);
                }

                @Override
                public Deferred<Long> sendFile(FileChannel file, long position, long count) {
                    sends("S", count + " bytes of a file, from " + position + " on");
                    return super.sendFile(file, position, count);
                }

                @Override
                public void writeSequence(Iterable<ByteBuffer> pieces) {
                    for (ByteBuffer piece : pieces) {
                        sends("SV", piece);
                        below().write(piece);
                    }
                }
            };
        }
    }
}
