package bowline.reactor.loop;

import bowline.failure.Failure;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One loop's share of a [HandedOutPort]: what is on its way to it, and how many connections it has. Any thread may
/// ask and give; only the loop's own takes.
///
/// As a consumer it hears of each of its connections that is lost.
final class Share implements Consumer<Failure> {
    private final HandedOutPort whole;
    private final Loop loop;
    private final StreamPort port;
    private final Queue<Accepted> onTheirWay = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean open;

    Share(HandedOutPort whole, Loop loop, StreamPort port) {
        this.whole = whole;
        this.loop = loop;
        this.port = port;
    }

    StreamPort port() {
        return port;
    }

    boolean isOf(Object reactor) {
        return loop == reactor;
    }

    boolean isOpen() {
        return open;
    }

    /// Its port listens.
    void open() {
        open = true;
        whole.joined(this);
    }

    /// Its port listens no more: what is on its way here goes to the others.
    void close() {
        open = false;
        whole.left(this);
        for (Accepted next = take(); next != null; next = take()) {
            gone();
            whole.handOut(next);
        }
    }

    /// Its port, which accepts for all, has accepted a connection.
    void place(Accepted accepted) throws IOException {
        Share chosen = whole.choose();
        if (chosen == this) {
            connections.incrementAndGet();
            port.build(accepted);
        } else {
            whole.handOut(accepted, chosen);
        }
    }

    boolean hasRoom(int waitingMax) {
        return open && waiting.get() < waitingMax;
    }

    /// How many connections it has, those on their way among them.
    int connections() {
        return connections.get();
    }

    @Override
    public void accept(Failure reason) {
        gone();
    }

    /// A connection that was meant for it is lost, refused or given to another.
    void gone() {
        connections.decrementAndGet();
    }

    /// Puts a connection on its way; false if the port closed just before and it has stayed with the caller.
    boolean give(Accepted accepted) {
        connections.incrementAndGet();
        waiting.incrementAndGet();
        onTheirWay.add(accepted);
        // Who closes gives away what is there by then: either that one has this connection, or it is still ours.
        if (!open && onTheirWay.remove(accepted)) {
            waiting.decrementAndGet();
            gone();
            return false;
        }
        loop.callFromThread(port::handed);
        return true;
    }

    @Nullable
    Accepted take() {
        Accepted next = onTheirWay.poll();
        if (next != null) {
            waiting.decrementAndGet();
        }
        return next;
    }
}
