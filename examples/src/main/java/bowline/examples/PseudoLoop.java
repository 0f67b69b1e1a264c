package bowline.examples;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The reactor's loop, written out in a page (seed P23): time until the next timed event; wait that long
/// for I/O; add the timed events that are due; process each.
///
///     ./bowline example pseudo-loop
public final class PseudoLoop {
    private final PriorityQueue<TimedEvent> timedEvents =
            new PriorityQueue<>(Comparator.comparing(TimedEvent::dueNanos));
    private final Selector selector;
    private boolean running = true;

    private record TimedEvent(long dueNanos, Runnable work) {}

    private PseudoLoop(Selector selector) {
        this.selector = selector;
    }

    /// Three timed events, the last of which ends the loop.
    public static void main(String... args) throws IOException {
        try (Selector selector = Selector.open()) {
            var loop = new PseudoLoop(selector);
            loop.callLater(100, () -> IO.println("the first event, after 100 ms"));
            loop.callLater(200, () -> {
                IO.println("the second, which makes another");
                loop.callLater(50, () -> IO.println("the other, 50 ms later"));
            });
            loop.callLater(300, () -> {
                IO.println("the last, which ends the loop");
                loop.running = false;
            });
            loop.run();
        }
    }

    private void run() throws IOException {
        while (running) {
            long timeout = millisUntilNextTimedEvent();
            List<Runnable> events = waitForEvents(timeout);
            events.addAll(timedEventsUntil(System.nanoTime()));
            events.forEach(Runnable::run);
        }
    }

    private void callLater(long millis, Runnable work) {
        timedEvents.add(new TimedEvent(System.nanoTime() + millis * 1_000_000, work));
    }

    private long millisUntilNextTimedEvent() {
        TimedEvent next = timedEvents.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, (next.dueNanos - System.nanoTime()) / 1_000_000);
    }

    private List<Runnable> waitForEvents(long timeoutMillis) throws IOException {
        var ready = new ArrayList<Runnable>();
        if (timeoutMillis == 0) {
            selector.selectNow(key -> ready.add(handlerOf(key)));
        } else {
            selector.select(key -> ready.add(handlerOf(key)), timeoutMillis);
        }
        return ready;
    }

    private static Runnable handlerOf(SelectionKey key) {
        return (Runnable) key.attachment();
    }

    private List<Runnable> timedEventsUntil(long now) {
        var due = new ArrayList<Runnable>();
        while (!timedEvents.isEmpty() && timedEvents.peek().dueNanos <= now) {
            due.add(timedEvents.remove().work);
        }
        return due;
    }
}
