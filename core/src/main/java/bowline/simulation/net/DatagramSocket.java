package bowline.simulation.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A UDP socket. For the simulation's thread.
public final class DatagramSocket {
    /// Longest datagram that fits into an IP packet.
    static final int LENGTH_MAX_BYTES = 65_507;

    /// How many bytes wait to be read, at most; what comes then is lost.
    private static final int RECEIVE_MAX_BYTES = 212_992;

    private final Network network;
    private final Node node;
    private final Set<Membership> groups = new LinkedHashSet<>();
    private final Deque<Datagram> received = new ArrayDeque<>();
    private InetSocketAddress local;
    private @Nullable InetSocketAddress remote;
    private @Nullable IOException told;
    private @Nullable Runnable watcher;
    private int waitingBytes;
    private boolean hearsOwn = true;
    private boolean closed;

    /// That it hears a group: from one sender, or from all if there is none named.
    private record Membership(InetAddress group, @Nullable InetAddress source) {}

    /// One datagram and who sent it.
    private record Datagram(ByteBuffer bytes, InetSocketAddress from) {}

    DatagramSocket(Network network, Node node, InetSocketAddress local) {
        this.network = network;
        this.node = node;
        this.local = local;
    }

    /// Has `changed` told when something can be read.
    public void watch(Runnable changed) {
        watcher = changed;
    }

    /// Whether a read would not wait.
    public boolean canRead() {
        return !closed && (!received.isEmpty() || told != null);
    }

    /// Reads one datagram, as much as there is room for.
    ///
    /// @return who sent it; null when none waits
    /// @throws IOException if the peer of a connected socket has said that nobody listens there
    public @Nullable InetSocketAddress receive(ByteBuffer into) throws IOException {
        requireOpen();
        IOException fault = told;
        if (fault != null) {
            told = null;
            throw fault;
        }
        Datagram first = received.pollFirst();
        if (first == null) {
            return null;
        }
        waitingBytes -= first.bytes.remaining();
        into.put(first.bytes.slice(0, Math.min(first.bytes.remaining(), into.remaining())));
        return first.from;
    }

    /// Sends one datagram.
    ///
    /// @throws IOException if it is too long, or nobody has the address
    public void send(ByteBuffer bytes, InetSocketAddress to) throws IOException {
        requireOpen();
        if (bytes.remaining() > LENGTH_MAX_BYTES) {
            throw new IOException("Message too long");
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        if (to.getAddress().isMulticastAddress()) {
            network.sendToGroup(this, copy, to);
        } else {
            network.send(this, copy, to);
        }
    }

    /// Fixes the peer; returns the local address.
    public InetSocketAddress connect(InetSocketAddress to) throws IOException {
        requireOpen();
        remote = to;
        local = new InetSocketAddress(node.addressTowards(to.getAddress()), local.getPort());
        received.removeIf(waiting -> !waiting.from.equals(to));
        return local;
    }

    /// The peer, if it is fixed.
    public @Nullable InetSocketAddress remote() {
        return remote;
    }

    /// The address taken.
    public InetSocketAddress local() {
        return local;
    }

    /// Joins a group, for all senders if `source` is null; returns what leaves it.
    public Runnable join(InetAddress group, @Nullable InetAddress source) {
        requireGroup(group);
        var membership = new Membership(group, source);
        groups.add(membership);
        return () -> groups.remove(membership);
    }

    private void requireGroup(InetAddress group) {
        if (!group.isMulticastAddress()) {
            throw new IllegalArgumentException("Group not a multicast address");
        }
        boolean four = group instanceof Inet4Address;
        if (four != local.getAddress() instanceof Inet4Address) {
            throw new IllegalArgumentException(
                    four
                            ? "IPv6 socket cannot join IPv4 multicast group"
                            : "IPv4 socket cannot join IPv6 multicast group");
        }
    }

    /// Sets whether its own host's sockets hear what it sends to a group.
    public void hearsOwn(boolean on) {
        hearsOwn = on;
    }

    boolean hearsOwn() {
        return hearsOwn;
    }

    /// Closes it.
    public void close() {
        if (!closed) {
            closed = true;
            watcher = null;
            node.remove(this);
            node.giveDescriptor();
        }
    }

    /// The host has no power any more.
    void vanish() {
        closed = true;
        watcher = null;
        node.remove(this);
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    // What the network does with it

    boolean hears(InetAddress group, InetAddress source) {
        return groups.contains(new Membership(group, null)) || groups.contains(new Membership(group, source));
    }

    boolean takes(InetSocketAddress from) {
        return !closed && (remote == null || remote.equals(from));
    }

    void arrived(byte[] bytes, InetSocketAddress from) {
        if (!takes(from) || waitingBytes + bytes.length > RECEIVE_MAX_BYTES) {
            return;
        }
        waitingBytes += bytes.length;
        received.addLast(new Datagram(ByteBuffer.wrap(bytes), from));
        changed();
    }

    /// A host has said that nobody listens at `at`; only a connected socket is told.
    void unreachable(InetSocketAddress at) {
        if (!closed && at.equals(remote)) {
            told = new PortUnreachableException("Connection refused");
            changed();
        }
    }

    private void changed() {
        if (watcher != null) {
            watcher.run();
        }
    }

    Node node() {
        return node;
    }
}
