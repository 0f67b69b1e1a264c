package bowline.simulation.net;

import bowline.bytes.ByteQueue;
import bowline.simulation.fate.Draws;
import bowline.simulation.fate.FaultKind;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One end of a connection, as the system shows it to a program: it never blocks. For the simulation's thread.
public final class StreamSocket {
    private final Network network;
    private final Node node;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final long number;
    private final String label;
    private final int receiveMax;
    private final boolean shortens;
    private final Draws shorts;
    private final Throttle reads;
    private final Throttle writes;
    private final ByteQueue received = new ByteQueue();
    private @Nullable StreamSocket peer;
    private @Nullable Flow outgoing;
    private @Nullable Runnable watcher;
    private @Nullable IOException broken;
    private boolean ended;
    private boolean writeEnded;
    private boolean closed;
    private boolean held;
    private boolean vanished;

    private StreamSocket(
            Network network,
            Node node,
            SocketAddress local,
            SocketAddress remote,
            long number,
            String label,
            Link link) {
        this.network = network;
        this.node = node;
        this.local = local;
        this.remote = remote;
        this.number = number;
        this.label = label;
        this.receiveMax = link.receiveBuffer();
        this.shortens = link.cutsAnywhere();
        this.shorts = network.fate().draws(FaultKind.SHORT, label);
        this.reads = node.reads().throttle(network.agenda(), network.fate(), "reads@" + label);
        this.writes = node.writes().throttle(network.agenda(), network.fate(), "writes@" + label);
    }

    /// Both ends of a connection, the client's first.
    static StreamSocket[] pair(
            Network network, Node client, SocketAddress clientAt, Node server, SocketAddress serverAt, long number) {
        Path there = network.path(client, server);
        Path back = network.path(server, client);
        var near = new StreamSocket(
                network, client, clientAt, serverAt, number, label(client, server, number), there.link());
        var far = new StreamSocket(
                network, server, serverAt, clientAt, number, label(server, client, number), back.link());
        near.join(far, new Flow(network, there, near, far));
        far.join(near, new Flow(network, back, far, near));
        return new StreamSocket[] {near, far};
    }

    private static String label(Node from, Node to, long number) {
        return from.name() + ">" + to.name() + ":" + number;
    }

    private void join(StreamSocket other, Flow toOther) {
        peer = other;
        outgoing = toOther;
        node.add(this);
    }

    /// A program has it: it takes up a descriptor, which its close gives back.
    void held() {
        held = true;
    }

    /// Has `changed` told whenever the socket may have become readable or writable.
    public void watch(Runnable changed) {
        watcher = changed;
    }

    // What a program does with it

    /// Whether a read would not wait.
    public boolean canRead() {
        return !closed && (received.isEmpty() ? ended || broken != null : reads.passing(1) > 0);
    }

    /// Whether a write would not wait.
    public boolean canWrite() {
        return !closed && (broken != null || (flow().room() > 0 && writes.passing(1) > 0));
    }

    /// Reads what is there: -1 at the end, 0 when nothing waits.
    ///
    /// @throws IOException if the connection is lost
    public int read(ByteBuffer into) throws IOException {
        requireOpen();
        if (!received.isEmpty()) {
            return readSome(into);
        }
        if (broken != null) {
            throw broken;
        }
        return ended ? -1 : 0;
    }

    private int readSome(ByteBuffer into) {
        ByteBuffer from = received.readable();
        int count = reads.passing(shortened(Math.min(from.remaining(), into.remaining())));
        into.put(into.position(), from, from.position(), count);
        into.position(into.position() + count);
        from.position(from.position() + count);
        reads.passed(count, this::changed);
        if (peer != null) {
            peer.flow().windowOpened();
        }
        return count;
    }

    /// Takes what there is room for.
    ///
    /// @throws IOException if the connection is lost, or its writing side was ended
    public int write(ByteBuffer from) throws IOException {
        requireOpen();
        if (broken != null) {
            throw broken;
        }
        if (writeEnded) {
            throw new SocketException("Broken pipe");
        }
        int count = flow().take(from, writes.passing(shortened(from.remaining())));
        writes.passed(count, this::changed);
        return count;
    }

    private int shortened(int most) {
        return shortens && most > 1 ? (int) shorts.betweenBackwards(1, most) : most;
    }

    /// Ends the writing side.
    ///
    /// @throws IOException if the connection is lost
    public void shutdownOutput() throws IOException {
        requireOpen();
        if (!writeEnded) {
            writeEnded = true;
            flow().end();
        }
    }

    /// Closes it: orderly, what was written still arrives; with a reset if `reset`, or if something was not
    /// read. UNIX sockets have the second kind of reset only.
    public void close(boolean reset) {
        if (closed) {
            return;
        }
        closed = true;
        watcher = null;
        node.remove(this);
        if (held) {
            node.giveDescriptor();
        }
        if (broken != null) {
            return;
        }
        if ((reset && !isUnix()) || !received.isEmpty()) {
            flow().reset();
        } else if (!writeEnded) {
            writeEnded = true;
            flow().end();
        }
        received.clear();
    }

    private boolean isUnix() {
        return local instanceof UnixDomainSocketAddress;
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    // What the network does with it

    /// How many bytes more it can take.
    int window() {
        return Math.max(0, closed ? receiveMax : receiveMax - received.size());
    }

    void arrived(ByteBuffer bytes) {
        if (closed) {
            flow().reset(); // nobody is there any more to read it
        } else if (broken == null) {
            received.write(bytes);
            changed();
        }
    }

    void ended() {
        if (vanished) {
            flow().reset(); // a host that was restarted knows nothing of this connection
            return;
        }
        ended = true;
        changed();
    }

    void roomMade() {
        if (!closed) {
            changed();
        }
    }

    /// The other side, or something in between, has reset it.
    void reset() {
        broke(new SocketException("Connection reset"));
    }

    /// The connection is lost.
    void broke(IOException why) {
        flow().drop();
        if (broken == null && !closed) {
            broken = why;
            network.trace(this, "lost", why.getMessage());
            changed();
        }
    }

    /// The host has no power any more: nobody is told.
    void vanish() {
        closed = true;
        vanished = true;
        watcher = null;
        flow().drop();
        node.remove(this);
    }

    private void changed() {
        if (watcher != null) {
            watcher.run();
        }
    }

    private Flow flow() {
        return Objects.requireNonNull(outgoing, "a socket is joined when it is made");
    }

    /// Nothing sent to it arrives before that.
    void notBefore(long arrival) {
        if (peer != null) {
            peer.flow().notBefore(arrival);
        }
    }

    // Looking

    /// Its own address.
    public SocketAddress local() {
        return local;
    }

    /// The other end's address.
    public SocketAddress remote() {
        return remote;
    }

    /// The number of the connection, the same at both ends, from 1.
    public long number() {
        return number;
    }

    /// Whose it is.
    public Node node() {
        return node;
    }

    /// What it is called in faults: `reader>poet:3`.
    String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
