package bowline.policy;

import bowline.bytes.ByteQueue;
import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Producer;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.protocol.Transport;
import bowline.protocol.TransportLimits;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The writing half of a [ShapedProtocol]: what is written waits in a backlog until it is paid for.
///
///     write ──▶ backlog, then a file, then what came behind it ── granted bytes ──▶ transport below
///                  ▲ pauses its producer above the high-water mark, resumes it when all is sent
///
/// To the transport below it is a producer that is pulled: so it hears when that has sent everything, and pays for no
/// more than the high-water mark ahead. It follows the rules of every transport: a close waits for the backlog and
/// the producer (TRA-5, PRO-8), and what is written in the turn of the close is sent (TRA-6).
final class ShapedTransport extends WrappedTransport implements Shaper.Waiter {
    private final @Nullable Shaper shaper;
    private final long outboundMaxBytes;
    private final ShapedProtocol<?>.Reader reader;
    private ByteQueue backlog = new ByteQueue();
    private ByteQueue behindFile = new ByteQueue();
    private @Nullable ShapedFile file;
    private @Nullable Producer producer;
    private @Nullable Failure doom;
    private int credit;
    private boolean producerPaused;
    private boolean waiting;
    private boolean closing;
    private boolean writeClosing;
    private boolean writeClosed;
    private boolean closed;
    private boolean aborted;
    private boolean gone;

    ShapedTransport(Transport below, @Nullable Shaper shaper, long outboundMaxBytes, ShapedProtocol<?>.Reader reader) {
        super(below);
        this.shaper = shaper;
        this.outboundMaxBytes = outboundMaxBytes;
        this.reader = reader;
        below.registerProducer(new Drain());
    }

    // Writing

    @Override
    public void write(ByteBuffer bytes) {
        if (writable()) {
            tail().write(bytes);
            wrote();
        } else {
            bytes.position(bytes.limit());
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void writeOwned(ByteBuffer bytes) {
        write(bytes);
    }

    @Override
    public Deferred<Long> sendFile(FileChannel channel, long position, long count) {
        if (producer != null || file != null) {
            throw new IllegalStateException(
                    "sendFile while a producer is registered or another file is being sent; wait for its end");
        }
        if (!writable()) {
            return Deferred.fail(new ConnectionLost("sendFile on a connection that is closed"));
        }
        var sending = new ShapedFile(channel, position, count);
        file = sending;
        flush();
        return sending.sent();
    }

    private boolean writable() {
        return !gone && !aborted && !writeClosed && !closed;
    }

    private ByteQueue tail() {
        return file == null ? backlog : behindFile;
    }

    private long held() {
        return (long) backlog.size() + behindFile.size();
    }

    private void wrote() {
        flush();
        long waits = held() + below().unsentBytes();
        if (waits > outboundMaxBytes && !aborted) {
            doom(Failure.of(new ConnectionLost(
                    waits + " bytes wait for the rate they may be sent at, more than the limit" + " outboundMaxBytes = "
                            + outboundMaxBytes + "; write as they go, by a registered producer")));
        } else if (waits > TransportLimits.HIGH_WATER_BYTES
                && producer instanceof PushProducer push
                && !producerPaused) {
            producerPaused = true;
            push.pauseProducing();
        }
    }

    private void doom(Failure reason) {
        doom = reason;
        abort();
    }

    /// Sends what is paid for, and asks for more while there is something to send.
    private void flush() {
        endFile();
        while (wants() > 0 && !waiting && below().unsentBytes() <= TransportLimits.HIGH_WATER_BYTES) {
            if (credit == 0) {
                credit = shaper == null ? (int) Math.min(wants(), Integer.MAX_VALUE) : shaper.take(wants(), clock());
            }
            if (credit == 0 && shaper != null) {
                waiting = true;
                shaper.await(this, clock());
                return;
            }
            send();
        }
        if (producer == null && empty()) {
            end();
        }
    }

    private boolean empty() {
        return held() == 0 && file == null;
    }

    private void send() {
        ByteBuffer bytes = backlog.readable();
        if (bytes.hasRemaining()) {
            int length = Math.min(credit, bytes.remaining());
            credit -= length;
            below().write(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        } else if (file != null) {
            credit -= file.send(credit, below());
        }
        endFile();
    }

    private void endFile() {
        if (file != null && file.over() && backlog.isEmpty()) {
            ShapedFile ended = file;
            file = null;
            backlog = behindFile;
            behindFile = new ByteQueue();
            Failure fault = ended.tell();
            if (fault != null) {
                doom(fault);
            }
        }
    }

    /// Everything was sent: who produces may go on.
    private void ready() {
        switch (producer) {
            case PullProducer pull -> pull.produceMore();
            case PushProducer push -> {
                if (producerPaused) {
                    producerPaused = false;
                    push.resumeProducing();
                }
            }
            case null -> {}
        }
    }

    @Override
    public long wants() {
        return gone || aborted ? 0 : held() + (file == null ? 0 : file.left());
    }

    @Override
    public void granted(int bytes) {
        waiting = false;
        credit += bytes;
        flush();
        if (empty() && below().unsentBytes() == 0 && !gone) {
            ready();
        }
    }

    @Override
    public long unsentBytes() {
        return held() + (file == null ? 0 : file.left()) + below().unsentBytes();
    }

    // Closing

    @Override
    public void loseConnection() {
        if (!closing && !gone) {
            closing = true;
            reader.end();
            below().pauseProducing();
            flushLater();
        }
    }

    @Override
    public void loseWriteConnection() {
        if (!writeClosing && !gone) {
            writeClosing = true;
            flushLater();
        }
    }

    /// When this turn is over, and what it still writes is there too.
    private void flushLater() {
        clock().callLater(Duration.ZERO, () -> {
            if (!gone) {
                flush();
            }
        });
    }

    @Override
    public void abortConnection() {
        abort();
    }

    private void abort() {
        aborted = true;
        reader.end();
        discard();
        below().abortConnection();
    }

    /// Closes what is to be closed: everything was sent, and nobody produces more.
    private void end() {
        if (closed || !(closing || writeClosing)) {
            return;
        }
        if (!writeClosed) {
            below().unregisterProducer();
        }
        if (writeClosing && !writeClosed) {
            below().loseWriteConnection();
        }
        writeClosed = true;
        if (closing) {
            closed = true;
            below().loseConnection();
        }
    }

    @Override
    public boolean disconnecting() {
        return (closing && !gone) || below().disconnecting();
    }

    /// The connection is over; what is told of it.
    Failure ended(Failure reason) {
        gone = true;
        discard();
        if (shaper != null && waiting) {
            shaper.forget(this);
        }
        ShapedFile unsent = file;
        file = null;
        if (unsent != null) {
            unsent.fail(reason);
        }
        Producer orphan = producer;
        producer = null;
        if (orphan != null) {
            orphan.stopProducing();
        }
        return doom == null ? reason : doom;
    }

    private void discard() {
        backlog.clear();
        behindFile.clear();
    }

    // As a producer and a consumer

    @Override
    public void pauseProducing() {
        reader.pauseAbove();
    }

    @Override
    public void resumeProducing() {
        reader.resumeAbove();
    }

    @Override
    public void registerProducer(Producer registered) {
        if (producer != null) {
            throw new IllegalStateException("cannot register the producer " + registered + ": " + producer
                    + " is registered and was never unregistered");
        }
        if (gone || aborted) {
            registered.stopProducing();
            return;
        }
        producer = registered;
        producerPaused = false;
        if (registered instanceof PullProducer pull) {
            pull.produceMore();
        }
    }

    @Override
    public void unregisterProducer() {
        producer = null;
        if (!gone) {
            flush();
        }
    }

    @Override
    public @Nullable HandedProducer takeProducer() {
        Producer taken = producer;
        boolean paused = producerPaused;
        unregisterProducer();
        return taken == null ? null : new HandedProducer(taken, paused);
    }

    @Override
    public int unreadBytes() {
        return reader.unreadBytes();
    }

    /// What is written waits to be paid for in any case, so nothing is joined by waiting longer.
    @Override
    public void beforeSending(Runnable step) {
        clock().callLater(Duration.ZERO, step::run);
    }

    /// What the transport below takes us for: asked when it has sent everything.
    private final class Drain implements PullProducer {

        @Override
        public void produceMore() {
            if (!empty()) {
                flush();
            } else if (!gone && !aborted) {
                ready();
            }
        }

        @Override
        public void stopProducing() {
            // The end of the connection is told in its own way.
        }
    }
}
