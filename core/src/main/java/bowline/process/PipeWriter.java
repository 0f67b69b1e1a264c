package bowline.process;

import bowline.bytes.ByteQueue;
import bowline.protocol.Producer;
import bowline.protocol.PullProducer;
import bowline.protocol.PushProducer;
import bowline.protocol.TransportLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Writes what goes to the child's standard input: on a thread of its own, which is started by the first
/// write, for the JDK's pipes block. All methods but the thread's own are for the loop's thread.
///
/// The lock guards what passes between the two: the bytes that wait, and that there will be no more.
final class PipeWriter {
    private static final int DESCRIPTOR = 0;

    private final PipedProcess owner;
    private final OutputStream pipe;
    private final String threadName;
    private final Object lock = new Object();
    private final ByteQueue waiting = new ByteQueue();
    private boolean complete;
    private @Nullable Thread thread;
    private @Nullable Producer producer;
    private boolean producerPaused;
    private boolean closing;
    private boolean lost;
    private long unsentBytes;

    PipeWriter(PipedProcess owner, OutputStream pipe, String threadName) {
        this.owner = owner;
        this.pipe = pipe;
        this.threadName = threadName;
    }

    // Writing

    void write(ByteBuffer bytes) {
        int length = bytes.remaining();
        if (mayWrite(length)) {
            synchronized (lock) {
                waiting.write(bytes);
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
            owner.warn("descriptor 0 is closed: the child reads too slowly, and more than outboundMaxBytes " + limit
                    + " wait for it; write as it reads, by a registered producer");
            abortLater();
            return false;
        }
        return true;
    }

    private void accepted(int length) {
        unsentBytes += length;
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name(threadName).start(this::writeToTheEnd);
        }
        if (unsentBytes > TransportLimits.HIGH_WATER_BYTES
                && producer instanceof PushProducer push
                && !producerPaused) {
            producerPaused = true;
            owner.call(push::pauseProducing);
        }
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

    private void abortLater() {
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
        Producer orphan = producer;
        producer = null;
        if (orphan != null) {
            owner.call(orphan::stopProducing);
        }
        owner.pipeLost(DESCRIPTOR);
    }

    // On the writer's own thread

    private void writeToTheEnd() {
        try {
            for (byte[] next = next(); next.length > 0; next = next()) {
                pipe.write(next);
                pipe.flush();
                int length = next.length;
                owner.later(() -> sent(length));
            }
        } catch (IOException broken) {
            // The child does not read any more: inConnectionLost says so (PRC-16).
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            closePipe();
            owner.later(this::lose);
        }
    }

    /// What waits, all of it; nothing when there will be no more.
    private byte[] next() throws InterruptedException {
        synchronized (lock) {
            while (waiting.isEmpty() && !complete) {
                lock.wait();
            }
            return waiting.takeAll();
        }
    }

    private void closePipe() {
        try {
            pipe.close();
        } catch (IOException broken) {
            // It is of no more use either way.
        }
    }
}
