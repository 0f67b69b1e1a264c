package bowline.process;

import bowline.defer.Deferred;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Producer;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.protocol.Transport.HandedProducer;
import bowline.protocol.TransportLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// Writes what the program has for a pipe, be it a child's standard input or our own standard output: within its
/// limits, and with a producer that is paused while too much waits. For the loop's thread.
final class PipeWriter implements PipeOutput.Teller {
    private final PipeOwner owner;
    private final int descriptor;
    private final PipeOutput pipe;
    private @Nullable IOException fault;
    private @Nullable Producer producer;
    private boolean producerPaused;
    private boolean closing;
    private boolean lost;
    private long unsentBytes;
    private long unsentFileBytes;
    private @Nullable Deferred<Long> file;
    private long fileBytes;

    PipeWriter(PipeOwner owner, int descriptor, PipeOutput pipe) {
        this.owner = owner;
        this.descriptor = descriptor;
        this.pipe = pipe;
        pipe.start(this);
    }

    // From any thread

    @Override
    public void sent(int bytes) {
        owner.later(() -> noteSent(bytes));
    }

    @Override
    public void fileSent(int bytes) {
        owner.later(() -> unsentFileBytes -= bytes);
    }

    @Override
    public void fileDone() {
        owner.later(this::noteFileDone);
    }

    @Override
    public void ended(@Nullable IOException why) {
        owner.later(() -> {
            fault = why;
            lose();
        });
    }

    // Writing

    void write(ByteBuffer bytes) {
        int length = bytes.remaining();
        if (mayWrite(length)) {
            pipe.write(bytes);
            accepted(length);
        } else {
            bytes.position(bytes.limit());
        }
    }

    void write(byte[] bytes, int offset, int length) {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    /// A closing pipe takes what its producer still has.
    private boolean mayWrite(int length) {
        if (lost || length == 0 || (closing && producer == null)) {
            return false;
        }
        long limit = owner.limits().outboundMaxBytes();
        if (unsentBytes + length > limit) {
            owner.limitPassed(
                    descriptor,
                    "the other end reads too slowly, and more than outboundMaxBytes " + limit
                            + " wait for it; write as it reads, by a registered producer");
            abortLater();
            return false;
        }
        return true;
    }

    private void accepted(int length) {
        unsentBytes += length;
        if (unsentBytes > TransportLimits.HIGH_WATER_BYTES
                && producer instanceof PushProducer push
                && !producerPaused) {
            producerPaused = true;
            owner.call(push::pauseProducing);
        }
    }

    /// As [bowline.protocol.Transport#sendFile].
    Deferred<Long> sendFile(FileChannel channel, long position, long count) {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException("a part of a file from " + position + ", " + count + " bytes long");
        }
        if (producer != null) {
            throw new IllegalStateException(
                    "sendFile with the producer " + producer + " registered; unregister it first");
        }
        if (file != null) {
            throw new IllegalStateException("sendFile while another file is being sent; wait for its Deferred");
        }
        if (lost || closing) {
            return Deferred.fail(new ConnectionLost("sendFile on a connection that is closed"));
        }
        var sent = new Deferred<Long>();
        file = sent;
        fileBytes = count;
        unsentFileBytes = count;
        pipe.write(channel, position, count);
        return sent;
    }

    private void noteFileDone() {
        Deferred<Long> done = file;
        file = null;
        if (done != null) {
            owner.call(() -> done.callback(fileBytes));
        }
    }

    /// Bytes written and not yet in the pipe.
    long unsentBytes() {
        return unsentBytes + unsentFileBytes;
    }

    /// Why the pipe broke, if it did.
    @Nullable
    IOException fault() {
        return fault;
    }

    private void noteSent(int length) {
        unsentBytes -= length;
        if (unsentBytes == 0 && !lost) {
            askProducer();
        }
    }

    private void askProducer() {
        switch (producer) {
            case PullProducer pull -> owner.call(pull::produceMore);
            case PushProducer push -> {
                if (producerPaused) {
                    producerPaused = false;
                    owner.call(push::resumeProducing);
                }
            }
            case null -> {}
        }
    }

    // Producing

    void registerProducer(Producer newProducer) {
        if (producer != null) {
            throw new IllegalStateException("cannot register the producer " + newProducer + ": " + producer
                    + " is registered; unregister it first");
        }
        if (lost || closing) {
            newProducer.stopProducing();
            return;
        }
        producer = newProducer;
        producerPaused = false;
        if (newProducer instanceof PullProducer) {
            askProducer();
        }
    }

    void unregisterProducer() {
        producer = null;
        closeIfDue();
    }

    /// As [bowline.protocol.Transport#takeProducer].
    @Nullable
    HandedProducer takeProducer() {
        Producer taken = producer;
        boolean paused = producerPaused;
        unregisterProducer();
        return taken == null ? null : new HandedProducer(taken, paused);
    }

    /// There is nobody to produce for any more (PRO-7).
    void stopProducer() {
        Producer orphan = producer;
        producer = null;
        if (orphan != null) {
            owner.call(orphan::stopProducing);
        }
    }

    // Closing

    /// Closes once everything is written, by us and by a producer (PRC-12, PRO-8).
    void close() {
        closing = true;
        closeIfDue();
    }

    private void closeIfDue() {
        if (!closing || producer != null || lost) {
            return;
        }
        pipe.complete();
    }

    /// What waits is dropped now, and the owner hears of the end on a later turn.
    void abortLater() {
        closing = true;
        pipe.drop();
        owner.later(this::lose);
    }

    /// The child is gone, or the reactor: what waits is dropped, and the protocol hears of it now.
    void abort() {
        pipe.drop();
        lose();
    }

    private void lose() {
        if (lost) {
            return;
        }
        lost = true;
        pipe.drop();
        stopProducer();
        Deferred<Long> unsent = file;
        file = null;
        unsentBytes = 0;
        unsentFileBytes = 0;
        if (unsent != null) {
            owner.call(
                    () -> unsent.errback(new ConnectionLost("the connection ended before the file was sent", fault)));
        }
        owner.pipeLost(descriptor);
    }
}
