package bowline.reactor.loop;

import bowline.time.Action;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Calls on their way from any thread to the loop's: many add, one takes, in order, without a lock.
///
/// A chain of links that starts with one whose call is used up. Adding swings `newest` first and then
/// hangs the link in, so for a moment the chain may end before `newest`; the taker waits that out.
final class CallQueue {
    private final AtomicReference<Link> newest;
    private Link used;

    static final class Link {
        private @Nullable Action call;
        private volatile @Nullable Link next;

        private Link(@Nullable Action call) {
            this.call = call;
        }
    }

    CallQueue() {
        used = new Link(null);
        newest = new AtomicReference<>(used);
    }

    /// Adds a call. From any thread.
    void add(Action call) {
        var link = new Link(call);
        newest.getAndSet(link).next = link;
    }

    /// Whether there is nothing to take. For the taking thread.
    boolean isEmpty() {
        return used == newest.get();
    }

    /// The newest call: where a round of taking ends, so that calls added meanwhile wait (LOP-1).
    Link newest() {
        return newest.get();
    }

    /// The next call, or null when all up to `end` are taken. For the taking thread.
    @Nullable
    Action takeUpTo(Link end) {
        if (used == end) {
            return null;
        }
        Link link = used.next;
        while (link == null) {
            Thread.onSpinWait();
            link = used.next;
        }
        used = link;
        Action call = link.call;
        link.call = null;
        return call;
    }
}
