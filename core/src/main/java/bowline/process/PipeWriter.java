package bowline.process;

import bowline.bytes.ByteQueue;
import bowline.defer.Deferred;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Producer;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.protocol.TransportLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// Writes a pipe, be it a child's standard input or our own standard output: on a thread of its own, which is
/// started by the first write, for the JDK's pipes block. All methods but the thread's own are for the loop's thread.
///
/// The lock guards what passes between the two: the bytes that wait, a file between them, and that there will be
/// no more.
final class PipeWriter {
    private final PipeOwner owner;
    private final int descriptor;
    private final OutputStream pipe;
    private final String threadName;
    private final Object lock = new Object();
    private ByteQueue waiting = new ByteQueue();
    private ByteQueue behindFile = new ByteQueue();
    private @Nullable FilePart nextFile;
    private boolean complete;
    private volatile @Nullable IOException fault;
    private @Nullable Thread thread;
    private @Nullable Producer producer;
    private boolean producerPaused;
    private boolean closing;
    private boolean lost;
    private long unsentBytes;
    private long unsentFileBytes;
    private @Nullable FilePart file;

    PipeWriter(PipeOwner owner, int descriptor, OutputStream pipe, String threadName) {
        this.owner = owner;
        this.descriptor = descriptor;
        this.pipe = pipe;
        this.threadName = threadName;
    }

    // Writing

    void write(ByteBuffer bytes) {
        int length = bytes.remaining();
        if (mayWrite(length)) {
            synchronized (lock) {
                (nextFile == null ? waiting : behindFile).write(bytes);
                lock.notifyAll();
            }
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
        startThread();
        if (unsentBytes > TransportLimits.HIGH_WATER_BYTES
                && producer instanceof PushProducer push
                && !producerPaused) {
            producerPaused = true;
            owner.call(push::pauseProducing);
        }
    }

    private void startThread() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name(threadName).start(this::writeToTheEnd);
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
        var part = new FilePart(channel, position, count, new Deferred<>());
        file = part;
        unsentFileBytes = count;
        synchronized (lock) {
            nextFile = part;
            lock.notifyAll();
        }
        startThread();
        return part.sent();
    }

    private void fileSent() {
        FilePart done = file;
        file = null;
        if (done != null) {
            owner.call(() -> done.sent().callback(done.count()));
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

    private void sent(int length) {
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
        complete();
        if (thread == null) {
            closePipe(); // nothing was ever written, so there is nothing to flush that could block
            owner.later(this::lose);
        }
    }

    private void complete() {
        synchronized (lock) {
            complete = true;
            lock.notifyAll();
        }
    }

    /// What waits is dropped now, and the owner hears of the end on a later turn.
    void abortLater() {
        closing = true;
        drop();
        owner.later(this::lose);
    }

    /// The child is gone, or the reactor: what waits is dropped, and the protocol hears of it now.
    void abort() {
        drop();
        lose();
    }

    private void drop() {
        synchronized (lock) {
            waiting.clear();
            behindFile.clear();
            nextFile = null;
        }
        complete();
        if (thread == null) {
            closePipe();
        }
    }

    private void lose() {
        if (lost) {
            return;
        }
        lost = true;
        drop();
        stopProducer();
        FilePart unsent = file;
        file = null;
        unsentBytes = 0;
        unsentFileBytes = 0;
        if (unsent != null) {
            owner.call(() ->
                    unsent.sent().errback(new ConnectionLost("the connection ended before the file was sent", fault)));
        }
        owner.pipeLost(descriptor);
    }

    // On the writer's own thread

    private void writeToTheEnd() {
        try {
            while (awaitWork()) {
                writeBytes();
                writeFile();
            }
        } catch (IOException broken) {
            fault = broken; // the other end does not read any more: who owns the pipe says so (PRC-16)
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            closePipe();
            owner.later(this::lose);
        }
    }

    /// False when there will be no more.
    private boolean awaitWork() throws InterruptedException {
        synchronized (lock) {
            while (waiting.isEmpty() && nextFile == null && !complete) {
                lock.wait();
            }
            return !waiting.isEmpty() || nextFile != null;
        }
    }

    /// All that waits in front of a file.
    private void writeBytes() throws IOException {
        byte[] bytes;
        synchronized (lock) {
            bytes = waiting.takeAll();
        }
        if (bytes.length > 0) {
            pipe.write(bytes);
            pipe.flush();
            owner.later(() -> sent(bytes.length));
        }
    }

    private void writeFile() throws IOException {
        FilePart part;
        synchronized (lock) {
            part = nextFile;
            if (part == null || !waiting.isEmpty()) {
                return;
            }
            nextFile = null;
            ByteQueue empty = waiting;
            waiting = behindFile;
            behindFile = empty;
        }
        part.copyTo(pipe, length -> owner.later(() -> unsentFileBytes -= length));
        owner.later(this::fileSent);
    }

    private void closePipe() {
        try {
            pipe.close();
        } catch (IOException broken) {
            // It is of no more use either way.
        }
    }
}
