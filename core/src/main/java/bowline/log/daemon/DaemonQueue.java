package bowline.log.daemon;

import bowline.log.AsyncLogObserver;
import bowline.log.LogEvent;
import bowline.log.LogPublisher;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// What both observers of this package are made of: a bounded queue, a thread, and a link to the daemon.
final class DaemonQueue implements AutoCloseable {
    private final CountDownLatch closing = new CountDownLatch(1);
    private final DaemonLink link;
    private final AsyncLogObserver queue;

    DaemonQueue(String daemon, DaemonWire.Opener opener, Function<LogEvent, byte[]> format, int queueMaxEvents) {
        LogPublisher process = LogPublisher.global();
        this.link = new DaemonLink(daemon, opener, format, process, process.times(), this::closedWithin);
        this.queue = new AsyncLogObserver(
                link,
                queueMaxEvents,
                Thread.ofPlatform().daemon().name("bowline-log " + daemon).factory());
    }

    void observe(LogEvent event) {
        if (event.source() != link) { // its complaints cannot be told to whom they are about
            queue.observe(event);
        }
    }

    private boolean closedWithin(Duration time) {
        try {
            return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        queue.close();
        link.end();
    }
}
