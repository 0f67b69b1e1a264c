package bowline.reactor.nio;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.Logger;
import bowline.protocol.ConnectionDone;
import bowline.protocol.HalfCloseable;
import bowline.reactor.Descriptor;
import bowline.reactor.Reactor;
import bowline.reactor.ReadDescriptor;
import bowline.reactor.WriteDescriptor;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// One channel that the program brought, and who wants to read and write it (section 16).
final class NioWatch implements NioHandler {
    private static final Logger log = Logger.of(Reactor.class);
    private static final int READING = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;

    private final SelectorHost host;
    private final SelectableChannel channel;
    private @Nullable ReadDescriptor reader;
    private @Nullable WriteDescriptor writer;
    private @Nullable SelectionKey key;
    private boolean forgotten;

    NioWatch(SelectorHost host, SelectableChannel channel) {
        this.host = host;
        this.channel = channel;
    }

    SelectableChannel channel() {
        return channel;
    }

    @Nullable
    ReadDescriptor reader() {
        return reader;
    }

    @Nullable
    WriteDescriptor writer() {
        return writer;
    }

    void reader(@Nullable ReadDescriptor next) {
        reader = next;
        update();
    }

    void writer(@Nullable WriteDescriptor next) {
        writer = next;
        update();
    }

    boolean isIdle() {
        return reader == null && writer == null;
    }

    /// From here on the channel may have another watch, and with it the key.
    void forget() {
        forgotten = true;
        if (key != null) {
            key.cancel();
            key = null;
        }
    }

    /// Tells the selector what is wanted. A channel that was forgotten a moment ago still has its
    /// cancelled key, so it is registered again once a select has cleared that away.
    private void update() {
        if (forgotten) {
            return;
        }
        try {
            if (key == null || !key.isValid()) {
                key = channel.register(host.selector(), wanted(), this);
            } else {
                key.interestOps(wanted());
            }
        } catch (CancelledKeyException notYetForgotten) {
            host.afterSelect(this::update);
        } catch (ClosedChannelException closed) {
            // The sweep after this turn's wait tells the descriptor (FDS-6).
            key = null;
        }
    }

    private int wanted() {
        int reading = reader == null ? 0 : READING;
        int writing = writer == null ? 0 : isConnecting() ? SelectionKey.OP_CONNECT : SelectionKey.OP_WRITE;
        return (reading | writing) & channel.validOps();
    }

    private boolean isConnecting() {
        return channel instanceof SocketChannel socket && socket.isConnectionPending();
    }

    @Override
    public void ready(SelectionKey ready, int operations) {
        ReadDescriptor reads = reader;
        if (reads != null && (operations & READING) != 0) {
            read(reads);
        }
        WriteDescriptor writes = writer;
        if (writes != null && (operations & ~READING) != 0) {
            write(writes);
        }
        if (writer != null && channel.isOpen()) {
            update(); // a connecting channel may have connected meanwhile
        }
    }

    private void read(ReadDescriptor reads) {
        LogContext before = host.enter(LogContext.of(reads));
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
            host.enter(before);
        }
    }

    private void write(WriteDescriptor writes) {
        LogContext before = host.enter(LogContext.of(writes));
        try {
            Throwable reason = writes.doWrite();
            if (reason != null) {
                drop(writes, Failure.of(reason));
            }
        } catch (Throwable thrown) {
            dropThrown(writes, thrown);
        } finally {
            host.enter(before);
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

    @Override
    public void disconnected(Failure reason) {
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
    public String toString() {
        return "channel watched for " + (reader == null ? writer : reader);
    }
}
