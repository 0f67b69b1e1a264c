package bowline.log;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// Shows events to another observer on a thread of its own, so that the logging thread never waits for
/// a disk (LGR-17). When its queue is full, events are left out and counted; the count is logged.
/// Safe for any thread. Logging is synchronous wherever this is not put in between.
///
/// The event is formatted on that thread, later: its values should not change once they are logged.
public final class AsyncLogObserver implements LogObserver, AutoCloseable {

    /// How many events may wait when nothing else is said.
    public static final int QUEUE_MAX_EVENTS = 10_000;

    private final LogPublisher next;
    private final int queueMaxEvents;
    private final ArrayDeque<LogEvent> queue = new ArrayDeque<>();
    private final Thread worker;
    private long leftOut;
    private boolean closed;

    /// Shows events to `next` on a daemon thread.
    public AsyncLogObserver(LogObserver next) {
        this(
                next,
                QUEUE_MAX_EVENTS,
                Thread.ofPlatform().daemon().name("bowline-log").factory());
    }

    /// Shows events to `next` on one thread made by `threads`, and lets `queueMaxEvents` of them wait.
    ///
    /// @throws IllegalArgumentException if the queue would hold nothing
    public AsyncLogObserver(LogObserver next, int queueMaxEvents, ThreadFactory threads) {
        if (queueMaxEvents < 1) {
            throw new IllegalArgumentException("a queue of " + queueMaxEvents + " events; it must be 1 or more");
        }
        this.next = new LogPublisher(next); // which knows what to do with what an observer throws
        this.queueMaxEvents = queueMaxEvents;
        this.worker = threads.newThread(this::deliverAll);
        worker.start();
    }

    @Override
    public boolean wants(LogLevel level) {
        return next.wants(level);
    }

    @Override
    public void observe(LogEvent event) {
        if (!enqueue(event)) {
            next.observe(event);
        }
    }

    /// Delivers what waits, and ends the thread. Events after that are delivered by the thread that logs them.
    /// Waits for the delivery; an interrupt ends the waiting only.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (Thread.currentThread() == worker) {
            return;
        }
        try {
            worker.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean enqueue(LogEvent event) {
        if (closed) {
            return false;
        }
        if (queue.size() < queueMaxEvents) {
            queue.add(event);
            notifyAll();
        } else {
            leftOut++;
        }
        return true;
    }

    private void deliverAll() {
        LogEvent event = take();
        while (event != null) {
            next.observe(event);
            event = take();
        }
    }

    /// The next event, waiting for it; null once closed and empty. Tells of those left out when all that
    /// waited is through.
    private synchronized @Nullable LogEvent take() {
        boolean interrupted = false;
        while (queue.isEmpty() && leftOut == 0 && !closed) {
            try {
                wait();
            } catch (InterruptedException notForUs) { // only close() ends this thread
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return queue.isEmpty() && leftOut > 0 ? countLeftOut() : queue.poll();
    }

    private LogEvent countLeftOut() {
        long count = leftOut;
        leftOut = 0;
        return new LogEvent(
                next.times().instant(),
                LogLevel.WARN,
                AsyncLogObserver.class.getName(),
                this,
                "{count} log events were left out, for more than {max} were waiting to be written",
                Map.<String, @Nullable Object>of("count", count, "max", queueMaxEvents),
                LogContext.empty(),
                null);
    }
}
