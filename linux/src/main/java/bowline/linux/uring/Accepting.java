package bowline.linux.uring;

import bowline.linux.socket.Poller;
import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.Sockets;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/// The accepts that stay posted for ports, and who has come by them until the port asks.
final class Accepting {
    private static final int OP_ACCEPT = 13;
    private static final int ACCEPT_MULTISHOT = 1;

    private final Uring uring;
    private final UringReactor reactor;
    private final Ring ring;
    private final Sockets sockets;

    /// Who was accepted at ports that have not asked yet: descriptors, and the negatives of errors.
    private final Map<Integer, Queue<Integer>> visitors = new HashMap<>();

    Accepting(Uring uring, UringReactor reactor, Ring ring, Sockets sockets) {
        this.uring = uring;
        this.reactor = reactor;
        this.ring = ring;
        this.sockets = sockets;
    }

    /// Accepts at a port, or does not.
    void watch(int port, boolean wanted) throws IOException {
        uring.set(port, Uring.WANTS_VISITORS, wanted);
        if (wanted && !uring.has(port, Uring.ACCEPTING)) {
            post(port);
        } else if (!wanted && uring.has(port, Uring.ACCEPTING) && ring.enabled()) {
            uring.cancel(Uring.ACCEPT, port);
        }
    }

    private void post(int port) throws IOException {
        uring.post(port, Uring.ACCEPTING, () -> {
            long entry = ring.entry(OP_ACCEPT, port, uring.userData(Uring.ACCEPT, port));
            Memory.putShort(entry + Ring.PRIORITY, ACCEPT_MULTISHOT);
            Memory.putInt(entry + Ring.OPERATION_FLAGS, Sockets.ACCEPT_FLAGS);
        });
    }

    /// Ends accepting before this returns; who was accepted meanwhile is still to be had.
    void leave(int port) throws IOException {
        watch(port, false);
        if (!ring.enabled()) {
            uring.set(port, Uring.ACCEPTING, false);
        }
        for (int looked = ring.first(); uring.has(port, Uring.ACCEPTING); looked++) {
            while (looked == ring.end()) {
                if (ring.isFull()) {
                    throw new IOException("no room is left for the end of accepting");
                }
                ring.enterForOneMore();
            }
            long completion = ring.completion(looked);
            if (Memory.getLong(completion) == uring.userData(Uring.ACCEPT, port)) {
                Memory.putLong(completion, Uring.NOTHING);
                note(port, Memory.getInt(completion + Ring.RESULT), Uring.flags(completion));
            }
        }
    }

    /// An accept has brought somebody, or has ended.
    ///
    /// @param owner whom it was posted for
    void accepted(int port, int owner, int result, int flags) throws IOException {
        if (!uring.isOwner(port, owner)) {
            if (result >= 0) {
                sockets.close(result);
            }
            return;
        }
        note(port, result, flags);
        letIn(port, owner);
        if (uring.isOwner(port, owner) && uring.has(port, Uring.WANTS_VISITORS) && !uring.has(port, Uring.ACCEPTING)) {
            post(port);
        }
    }

    private void note(int port, int result, int flags) {
        if ((flags & Uring.CQE_MORE) == 0) {
            uring.set(port, Uring.ACCEPTING, false);
        }
        if (!Errno.ECANCELED.is(result)) {
            visitors.computeIfAbsent(port, _ -> new ArrayDeque<>()).add(result);
        }
    }

    /// The port takes as many as it likes in one turn.
    private void letIn(int port, int owner) {
        if (uring.has(port, Uring.WANTS_VISITORS) && uring.isOwner(port, owner) && waits(port)) {
            uring.call(port, Poller.IN);
            if (uring.isOwner(port, owner) && waits(port)) {
                reactor.nextTurn(() -> letIn(port, owner));
            }
        }
    }

    private boolean waits(int port) {
        Queue<Integer> waiting = visitors.get(port);
        return waiting != null && !waiting.isEmpty();
    }

    /// Takes who was accepted, or else who waits.
    ///
    /// @return its descriptor, or -1
    int accept(int port) throws IOException {
        Queue<Integer> waiting = visitors.get(port);
        Integer next = waiting == null ? null : waiting.poll();
        if (next == null) {
            return uring.has(port, Uring.ACCEPTING) ? -1 : sockets.accept(port);
        }
        return (int) Errno.check(next);
    }

    /// The port is closed: who has not been asked for is sent away.
    void drop(int port) {
        Queue<Integer> unasked = visitors.remove(port);
        if (unasked != null) {
            unasked.stream().filter(visitor -> visitor >= 0).forEach(sockets::close);
        }
    }
}
