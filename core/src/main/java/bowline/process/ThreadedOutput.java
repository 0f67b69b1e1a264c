package bowline.process;

import bowline.bytes.ByteQueue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// Writes a stream on a thread of its own, which is started by the first write, for the JDK's pipes block.
///
/// The lock guards what passes between the two threads: the bytes that wait, a file between them, and that there will
/// be no more.
final class ThreadedOutput implements PipeOutput {
    private final OutputStream pipe;
    private final String threadName;
    private final Object lock = new Object();
    private ByteQueue waiting = new ByteQueue();
    private ByteQueue behindFile = new ByteQueue();
    private @Nullable FilePart nextFile;
    private boolean complete;
    private @Nullable Thread thread;
    private @Nullable Teller teller;

    ThreadedOutput(OutputStream pipe, String threadName) {
        this.pipe = pipe;
        this.threadName = threadName;
    }

    @Override
    public void start(Teller newTeller) {
        teller = newTeller;
    }

    @Override
    public void write(ByteBuffer bytes) {
        synchronized (lock) {
            (nextFile == null ? waiting : behindFile).write(bytes);
            lock.notifyAll();
        }
        startThread();
    }

    @Override
    public void write(FileChannel file, long position, long count) {
        synchronized (lock) {
            nextFile = new FilePart(file, position, count);
            lock.notifyAll();
        }
        startThread();
    }

    private void startThread() {
        Teller told = teller;
        if (thread == null && told != null) {
            thread = Thread.ofPlatform().daemon().name(threadName).start(() -> writeToTheEnd(told));
        }
    }

    @Override
    public void complete() {
        noMore();
        if (thread == null && teller != null) {
            closePipe(); // nothing was ever written, so there is nothing to flush that could block
            teller.ended(null);
        }
    }

    @Override
    public void drop() {
        synchronized (lock) {
            waiting.clear();
            behindFile.clear();
            nextFile = null;
        }
        noMore();
        if (thread == null) {
            closePipe();
        }
    }

    private void noMore() {
        synchronized (lock) {
            complete = true;
            lock.notifyAll();
        }
    }

    // On the writer's own thread

    private void writeToTheEnd(Teller told) {
        IOException fault = null;
        try {
            while (awaitWork()) {
                writeBytes(told);
                writeFile(told);
            }
        } catch (IOException broken) {
            fault = broken; // the other end does not read any more: who owns the pipe says so (PRC-16)
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            closePipe();
            told.ended(fault);
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
    private void writeBytes(Teller told) throws IOException {
        byte[] bytes;
        synchronized (lock) {
            bytes = waiting.takeAll();
        }
        if (bytes.length > 0) {
            pipe.write(bytes);
            pipe.flush();
            told.sent(bytes.length);
        }
    }

    private void writeFile(Teller told) throws IOException {
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
        part.copyTo(pipe, told::fileSent);
        told.fileDone();
    }

    private void closePipe() {
        try {
            pipe.close();
        } catch (IOException broken) {
            // It is of no more use either way.
        }
    }
}
