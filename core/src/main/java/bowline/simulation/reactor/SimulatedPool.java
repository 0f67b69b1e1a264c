package bowline.simulation.reactor;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.Logger;
import bowline.reactor.ThreadPool;
import bowline.simulation.fate.Draws;
import bowline.simulation.fate.FaultKind;
import bowline.simulation.net.Agenda;
import bowline.simulation.net.Network;
import bowline.simulation.net.Node;
import bowline.time.Action;
import java.util.ArrayDeque;
import java.util.Deque;

/// A pool whose threads are played: each piece of work takes a while of virtual time, and runs at its end. Several
/// are under way at once, and end in an order that the seed decides.
final class SimulatedPool implements ThreadPool {
    private static final Logger log = Logger.of(ThreadPool.class);
    private static final long LEAST_NANOS = 10_000;
    private static final long MOST_NANOS = 20_000_000;

    private final Agenda agenda;
    private final Draws pace;
    private final Deque<Action> queue = new ArrayDeque<>();
    private int min;
    private int max;
    private int working;
    private boolean started;
    private boolean stopped;

    SimulatedPool(Network network, Node node, int maxThreads) {
        agenda = network.agenda();
        pace = network.fate().draws(FaultKind.PACE, "threads@" + node.name());
        max = maxThreads;
    }

    @Override
    public void callInThread(Action work) {
        if (!stopped) {
            queue.addLast(LogContext.current().carry(work));
            begin();
        }
    }

    private void begin() {
        while (started && working < max && !queue.isEmpty()) {
            working++;
            Action work = queue.removeFirst();
            agenda.after(pace.between(LEAST_NANOS, MOST_NANOS), () -> {
                run(work);
                working--;
                begin();
            });
        }
    }

    private static void run(Action work) {
        try {
            work.run();
        } catch (Throwable thrown) {
            log.failure("Unhandled Error", Failure.of(thrown));
        }
    }

    @Override
    public void adjustPoolSize(int newMin, int newMax) {
        if (newMin < 0 || newMax < newMin) {
            throw new IllegalArgumentException(
                    "a pool of " + newMin + " to " + newMax + " threads; 0 ≤ min ≤ max is wanted");
        }
        min = newMin;
        max = newMax;
        begin();
    }

    @Override
    public int min() {
        return min;
    }

    @Override
    public int max() {
        return max;
    }

    @Override
    public int unfinishedWork() {
        return queue.size() + working;
    }

    /// Threads that are played come when there is work.
    @Override
    public int threadCount() {
        return working;
    }

    @Override
    public int queuedWork() {
        return queue.size();
    }

    @Override
    public void start() {
        started = true;
        begin();
    }

    /// What is queued runs at once; what is under way ends when it ends, and nobody waits for it.
    @Override
    public void stop() {
        stopped = true;
        while (!queue.isEmpty()) {
            run(queue.removeFirst());
        }
    }
}
