package bowline.simulation.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// A listening socket and those who wait to be accepted. For the simulation's thread.
public final class ListenSocket {
    private final Node node;
    private final SocketAddress local;
    private final int backlog;
    private final Deque<StreamSocket> waiting = new ArrayDeque<>();
    private int expected;
    private @Nullable Runnable watcher;
    private boolean closed;

    ListenSocket(Node node, SocketAddress local, int backlog) {
        this.node = node;
        this.local = local;
        this.backlog = Math.max(1, backlog);
    }

    /// Has `changed` told when somebody waits.
    public void watch(Runnable changed) {
        watcher = changed;
    }

    /// The address taken.
    public SocketAddress local() {
        return local;
    }

    /// Whether somebody waits.
    public boolean canAccept() {
        return !waiting.isEmpty();
    }

    /// Takes one who waits; null when nobody does.
    ///
    /// @throws IOException if the host has no descriptor left
    public @Nullable StreamSocket accept() throws IOException {
        if (waiting.isEmpty()) {
            return null;
        }
        node.takeDescriptor();
        StreamSocket first = waiting.removeFirst();
        first.held();
        return first;
    }

    /// Closes it; those who wait are reset.
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        watcher = null;
        node.remove(this);
        node.giveDescriptor();
        for (StreamSocket socket : waiting) {
            socket.close(true);
        }
        waiting.clear();
    }

    /// The host has no power any more.
    void vanish() {
        closed = true;
        watcher = null;
        node.remove(this);
        waiting.forEach(StreamSocket::vanish);
        waiting.clear();
    }

    /// Keeps a place for one who is on its way; false if there is none.
    boolean expect() {
        if (closed || waiting.size() + expected >= backlog) {
            return false;
        }
        expected++;
        return true;
    }

    /// The one for whom the place was kept has come.
    void come(StreamSocket socket) {
        expected--;
        if (closed) {
            socket.close(true);
            return;
        }
        waiting.addLast(socket);
        if (watcher != null) {
            watcher.run();
        }
    }
}
