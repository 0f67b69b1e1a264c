package bowline.reactor.nio;

import bowline.reactor.ReactorHost;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A thread that takes events from a queue, as the event thread of a toolkit does, and may do so inside an event, as
/// for a modal dialog.
final class PumpedThread implements ReactorHost {
    private final LinkedBlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private volatile @Nullable Thread thread;
    private volatile boolean ended;
    private volatile Runnable told = () -> {};
    volatile int stops;

    @Override
    public String name() {
        return "the pumped thread";
    }

    @Override
    public synchronized void start(Runnable whenEnded) {
        told = whenEnded;
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("pumped").start(() -> {
                pumpUntil(() -> ended);
                told.run();
            });
        }
    }

    /// Handles events until `done`; events may do so too.
    void pumpUntil(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            try {
                Runnable event = events.poll(10, TimeUnit.MILLISECONDS);
                if (event != null) {
                    event.run();
                }
            } catch (InterruptedException notForUs) {
                // the next look at the queue waits again
            }
        }
    }

    /// Ends the thread after the event that it is in. What waits then is forgotten.
    void end() {
        ended = true;
    }

    @Override
    public void execute(Runnable turn) {
        events.add(turn);
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void stop() {
        stops++;
        end();
    }
}
