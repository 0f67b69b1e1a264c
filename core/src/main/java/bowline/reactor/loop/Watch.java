package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.Logger;
import bowline.protocol.ConnectionDone;
import bowline.protocol.HalfCloseable;
import bowline.reactor.Descriptor;
import bowline.reactor.Reactor;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.WriteDescriptor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One channel or descriptor that the program brought, and who wants to read and write it (section 16); a backend does
/// the waiting.
public abstract class Watch {
    private static final Logger log = Logger.of(Reactor.class);

    private final UnaryOperator<LogContext> enter;
    private @Nullable ReadDescriptor reader;
    private @Nullable WriteDescriptor writer;

    /// For nobody yet.
    ///
    /// @param enter puts a context in force, and answers the former one
    protected Watch(UnaryOperator<LogContext> enter) {
        this.enter = enter;
    }

    // What a backend adds

    /// Waits for what is wanted now: to read if there is a reader, to write if there is a writer.
    protected abstract void update();

    /// Whether the channel has not been closed meanwhile.
    protected abstract boolean isOpen();

    /// From here on the channel may have another watch.
    protected abstract void forget();

    // Who wants it

    /// Who wants to read.
    public final @Nullable ReadDescriptor reader() {
        return reader;
    }

    /// Who wants to write.
    public final @Nullable WriteDescriptor writer() {
        return writer;
    }

    final void reader(@Nullable ReadDescriptor next) {
        reader = next;
        update();
    }

    final void writer(@Nullable WriteDescriptor next) {
        writer = next;
        update();
    }

    final boolean isIdle() {
        return reader == null && writer == null;
    }

    // What comes

    /// The channel can be read, which is done first, or written (LOP-3); who has gone meanwhile is left out.
    public final void ready(boolean read, boolean write) {
        ReadDescriptor reads = reader;
        if (reads != null && read) {
            read(reads);
        }
        WriteDescriptor writes = writer;
        if (writes != null && write) {
            write(writes);
        }
    }

    private void leave(LogContext before) {
        LogContext unused = enter.apply(before);
    }

    private void read(ReadDescriptor reads) {
        LogContext before = enter.apply(LogContext.of(reads));
        try {
            Throwable reason = reads.doRead();
            if (reason instanceof ConnectionDone && reads instanceof HalfCloseable half) {
                reader(null);
                half.readConnectionLost();
            } else if (reason != null) {
                drop(reads, Failure.of(reason));
            }
        } catch (Throwable thrown) {
            dropThrown(reads, thrown);
        } finally {
            leave(before);
        }
    }

    private void write(WriteDescriptor writes) {
        LogContext before = enter.apply(LogContext.of(writes));
        try {
            Throwable reason = writes.doWrite();
            if (reason != null) {
                drop(writes, Failure.of(reason));
            }
        } catch (Throwable thrown) {
            dropThrown(writes, thrown);
        } finally {
            leave(before);
        }
    }

    private void dropThrown(Descriptor descriptor, Throwable thrown) {
        log.failure("Unhandled Error", Failure.of(thrown));
        drop(descriptor, Failure.of(thrown));
    }

    /// Takes the descriptor out of both sets and tells it why (FDS-3).
    private void drop(Descriptor descriptor, Failure reason) {
        if (reader == descriptor) {
            reader = null;
        }
        if (writer == descriptor) {
            writer = null;
        }
        update();
        try {
            descriptor.connectionLost(reason);
        } catch (Throwable thrown) {
            log.failure("Unhandled Error", Failure.of(thrown));
        }
    }

    /// Both lose it, for this reason.
    public final void disconnected(Failure reason) {
        ReadDescriptor reads = reader;
        WriteDescriptor writes = writer;
        if (reads != null) {
            drop(reads, reason);
        }
        if (writes != null && writes != reads) {
            drop(writes, reason);
        }
    }

    @Override
    public final String toString() {
        return "channel watched for " + (reader == null ? writer : reader);
    }
}
