package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Producer;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.protocol.Transport;
import bowline.protocol.TransportLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The sending half of a connection: what a protocol wrote, on its way to the socket (TRA-2 to TRA-9), and
/// the producer behind it (section 18).
///
/// Nothing is sent in here: what is asked for is noted, and the connection marked *dirty* for the loop.
abstract class SendingSide implements Transport {
    final Loop loop;
    final TransportLimits limits;

    /// What is to be sent; null when there is nothing.
    @Nullable
    Outbound outbound;

    @Nullable
    Producer producer;

    /// What is to be called before the next flush, if anything is.
    @Nullable
    private Runnable beforeSending;

    /// Why the connection will be reset at the next flush, if it will.
    @Nullable
    Failure doom;

    /// Bytes that the socket has taken.
    long sent;

    boolean producerPaused;

    /// How many bytes were posted, of which the system has not said yet whether it has taken them.
    int posted;

    /// Waiting in the loop's list to be flushed.
    boolean dirty;

    /// The socket takes no more until it says so.
    boolean blocked;

    /// `loseConnection` was called.
    boolean closing;

    /// `loseWriteConnection` was called.
    boolean writeClosing;

    boolean writeEnded;

    /// The connection has ended.
    boolean gone;

    SendingSide(Loop loop, TransportLimits limits) {
        this.loop = loop;
        this.limits = limits;
    }

    // System calls

    /// Sends what the socket takes of the buffer.
    protected abstract int send(ByteBuffer bytes) throws IOException;

    /// Sends what the socket takes of `count` buffers.
    protected abstract long send(ByteBuffer[] pieces, int first, int count) throws IOException;

    /// Sends what the socket takes of a file.
    protected abstract long transfer(FileChannel file, long position, long count) throws IOException;

    /// Leaves the buffer to be sent before the loop waits next, with those of others: [#postEnded] or [#postFailed]
    /// tells what became of it. Until then the buffer's bytes are the system's.
    ///
    /// @return false if it is to be sent at once
    protected boolean post(ByteBuffer bytes) throws IOException {
        return false;
    }

    /// Has all that was posted taken, or refused, now.
    ///
    /// @return whether it was told what became of it; if not, that comes with the next wait
    protected boolean settle() throws IOException {
        return true;
    }

    /// Has what was posted taken now, or forgotten: its bytes are ours again, and nothing more is told.
    protected void unpost() {
        // nothing was posted
    }

    /// Does what was noted: sends, asks the producer, closes.
    abstract void flush();

    /// Tells the backend which kinds of readiness are wanted now.
    abstract void updateWatch();

    // Writing

    @Override
    public final void write(ByteBuffer bytes) {
        loop.check("Transport.write");
        if (!writable()) {
            bytes.position(bytes.limit());
            return;
        }
        if (bytes.hasRemaining()) {
            outbound().append(bytes);
            wrote();
        }
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) {
        loop.check("Transport.write");
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (writable() && length > 0) {
            outbound().append(bytes, offset, length);
            wrote();
        }
    }

    @Override
    public final void writeOwned(ByteBuffer bytes) {
        loop.check("Transport.writeOwned");
        if (!writable()) {
            bytes.position(bytes.limit());
            return;
        }
        if (bytes.hasRemaining()) {
            outbound().appendOwned(bytes);
            wrote();
        }
    }

    @Override
    public final Deferred<Long> sendFile(FileChannel file, long position, long count) {
        loop.check("Transport.sendFile");
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException("a part of a file from " + position + ", " + count + " bytes long");
        }
        if (producer != null) {
            throw new IllegalStateException(
                    "sendFile with the producer " + producer + " registered; unregister it first");
        }
        if (outbound != null && outbound.hasFile()) {
            throw new IllegalStateException("sendFile while another file is being sent; wait for its Deferred");
        }
        if (!writable()) {
            return Deferred.fail(new ConnectionLost("sendFile on a connection that is closed"));
        }
        Deferred<Long> sent = outbound().appendFile(file, position, count);
        markDirty();
        return sent;
    }

    private boolean writable() {
        return !gone && doom == null && !writeEnded;
    }

    private Outbound outbound() {
        if (outbound == null) {
            outbound = loop.buffers().takeOutbound();
        }
        return outbound;
    }

    private void wrote() {
        markDirty();
        long buffered = outbound().bytes();
        if (buffered <= TransportLimits.HIGH_WATER_BYTES) {
            return;
        }
        pauseProducer();
        if (buffered > limits.outboundMaxBytes() && doom == null) {
            overflow(buffered);
        }
    }

    /// A producer is to wait until all that is there has been sent.
    protected final void pauseProducer() {
        if (producer instanceof PushProducer push && !producerPaused) {
            producerPaused = true;
            push.pauseProducing();
        }
    }

    private void overflow(long buffered) {
        doom(Failure.of(new ConnectionLost(
                buffered + " bytes wait to be sent, more than the limit outboundMaxBytes = " + limits.outboundMaxBytes()
                        + "; the peer reads too slowly: write as it reads, by a registered producer")));
    }

    final void markDirty() {
        if (!dirty) {
            dirty = true;
            loop.flushLater(this);
        }
    }

    @Override
    public final void beforeSending(Runnable step) {
        loop.check("Transport.beforeSending");
        if (gone) {
            return;
        }
        Runnable before = beforeSending;
        beforeSending = before == null
                ? step
                : () -> {
                    before.run();
                    step.run();
                };
        markDirty();
    }

    /// Calls whoever has something to write yet. That needs no flush of its own, for it goes with what is there.
    final void completeTurn() {
        Runnable step = beforeSending;
        if (step != null) {
            beforeSending = null;
            step.run();
        }
        dirty = false;
        if (beforeSending != null) {
            markDirty();
        }
    }

    // Closing

    @Override
    public final void loseConnection() {
        loop.check("Transport.loseConnection");
        if (gone || closing) {
            return;
        }
        closing = true;
        updateWatch();
        markDirty();
    }

    @Override
    public final void abortConnection() {
        loop.check("Transport.abortConnection");
        if (!gone && doom == null) {
            doom(ConnectionAborted.FAILURE);
        }
    }

    /// Drops what is to be sent; the loop will reset the connection and tell this reason.
    private void doom(Failure reason) {
        doom = reason;
        discardOutbound(reason);
        updateWatch();
        markDirty();
    }

    @Override
    public final void loseWriteConnection() {
        loop.check("Transport.loseWriteConnection");
        if (!gone && !writeClosing) {
            writeClosing = true;
            markDirty();
        }
    }

    // As a consumer of what a producer makes

    @Override
    public final void registerProducer(Producer itsProducer) {
        loop.check("Transport.registerProducer");
        if (producer != null) {
            throw new IllegalStateException("cannot register the producer " + itsProducer + ": " + producer
                    + " is registered and was never unregistered");
        }
        if (gone || doom != null) {
            itsProducer.stopProducing();
            return;
        }
        producer = itsProducer;
        producerPaused = false;
        if (itsProducer instanceof PullProducer pull) {
            pull.produceMore();
        }
    }

    @Override
    public final void unregisterProducer() {
        loop.check("Transport.unregisterProducer");
        producer = null;
        if (!gone && (closing || writeClosing)) {
            markDirty();
        }
    }

    @Override
    public final @Nullable HandedProducer takeProducer() {
        Producer taken = producer;
        boolean paused = producerPaused;
        unregisterProducer();
        return taken == null ? null : new HandedProducer(taken, paused);
    }

    // Sending

    /// The socket has taken so many bytes.
    final void took(long count) {
        sent += count;
        loop.tally().sent += count;
    }

    /// Sends one portion; true when nothing is left.
    final boolean sendPortion() throws IOException {
        Outbound sending = outbound;
        if (sending == null) {
            return true;
        }
        if (blocked) {
            return false;
        }
        if (mayPost() && sending.postTo(this)) {
            return false;
        }
        boolean tookAll = sending.sendTo(this);
        if (outbound != sending) {
            return false; // the Deferred of a file has fired, and the program has aborted
        }
        if (sending.isEmpty()) {
            outbound = null;
            loop.buffers().giveOutbound(sending);
            return true;
        }
        if (tookAll) {
            markDirty();
        } else {
            blocked = true;
        }
        return false;
    }

    /// Whether there is nothing to do once all is sent, so that it does not matter when that is known.
    private boolean mayPost() {
        return producer == null && !closing && !writeClosing;
    }

    /// The system has taken what was posted.
    ///
    /// @param count how many bytes of it; less than all if it takes no more for now
    protected final void postEnded(int count) {
        if (posted == 0) {
            return; // it was forgotten
        }
        blocked = count < posted;
        posted = 0;
        Outbound sending = Objects.requireNonNull(outbound);
        sending.taken(count, this);
        if (blocked) {
            updateWatch();
            return;
        }
        if (sending.isEmpty()) {
            outbound = null;
            loop.buffers().giveOutbound(sending);
        }
        if (outbound != null || !mayPost()) {
            markDirty();
        }
    }

    /// How many bytes were posted, of which it is not known what became of them.
    protected final int postedBytes() {
        return posted;
    }

    /// What was posted could not be sent, and nothing more can.
    protected final void postFailed(IOException broken) {
        if (posted != 0) {
            posted = 0;
            blocked = true;
            loop.soon(() -> sendFailed(broken));
        }
    }

    /// The connection is broken.
    abstract void sendFailed(IOException broken);

    /// Before anything is done to the socket or to the bytes to be sent.
    final void forgetPosted() {
        if (posted != 0) {
            posted = 0;
            unpost();
        }
    }

    final void discardOutbound(Failure reason) {
        forgetPosted();
        beforeSending = null;
        Outbound unsent = outbound;
        outbound = null;
        if (unsent != null) {
            unsent.discard(reason);
            loop.buffers().giveOutbound(unsent);
        }
    }

    // Looking

    @Override
    public final boolean connected() {
        return !gone;
    }

    @Override
    public final boolean disconnecting() {
        return closing && !gone;
    }

    @Override
    public final long unsentBytes() {
        return outbound == null ? 0 : outbound.unsentBytes();
    }
}
