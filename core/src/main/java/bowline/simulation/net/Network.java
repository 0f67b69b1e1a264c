package bowline.simulation.net;

import bowline.simulation.fate.Draws;
import bowline.simulation.fate.Fate;
import bowline.simulation.fate.FaultKind;
import bowline.simulation.trace.Trace;
import bowline.simulation.trace.TraceEvent;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All hosts' network stacks and what lies between them. For the simulation's thread.
public final class Network {
    /// How far a datagram that is held back falls behind.
    private static final long HELD_BACK_NANOS = 50_000_000;

    private static final int NODES_MAX = 65_000;

    private final Fate fate;
    private final Agenda agenda;
    private final Trace trace;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<InetAddress, Node> byAddress = new LinkedHashMap<>();
    private final Map<Pair, Link> links = new LinkedHashMap<>();
    private final Map<Pair, Path> paths = new LinkedHashMap<>();
    private final Map<String, List<InetAddress>> names = new HashMap<>();
    private final Map<String, String> failingNames = new HashMap<>();
    private final Link everywhere = new Link("every link");
    private Map<Node, Integer> groups = Map.of();
    private String present = "test";
    private long connections;

    /// One direction between two nodes.
    private record Pair(String from, String to) {}

    /// An empty network.
    public Network(Fate fate, Agenda agenda, Trace trace) {
        this.fate = fate;
        this.agenda = agenda;
        this.trace = trace;
    }

    /// What the seed decides.
    public Fate fate() {
        return fate;
    }

    /// What is to happen.
    public Agenda agenda() {
        return agenda;
    }

    // Nodes and links

    /// A new host's stack, with these addresses, or with one of each version when there are none.
    ///
    /// @throws IllegalArgumentException if the name or an address is taken
    public Node node(String name, List<InetAddress> addresses) {
        if (nodes.containsKey(name)) {
            throw new IllegalArgumentException("there is a host \"" + name + "\" already; give each its own name");
        }
        if (nodes.size() >= NODES_MAX) {
            throw new IllegalArgumentException("more than " + NODES_MAX + " hosts");
        }
        var node = new Node(this, name, addresses.isEmpty() ? addresses(nodes.size() + 1) : addresses);
        for (InetAddress address : node.addresses()) {
            if (byAddress.putIfAbsent(address, node) != null) {
                throw new IllegalArgumentException("two hosts with the address " + address.getHostAddress());
            }
        }
        nodes.put(name, node);
        return node;
    }

    private static List<InetAddress> addresses(int number) {
        byte high = (byte) (number >> 8);
        byte low = (byte) number;
        try {
            return List.of(
                    InetAddress.getByAddress(new byte[] {10, 0, high, low}),
                    InetAddress.getByAddress(
                            new byte[] {(byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, high, low}));
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// Has look-ups of that name answer these addresses from now on, which need not be anybody's. Of no addresses:
    /// that nobody has the name.
    public void name(String name, List<InetAddress> addresses) {
        names.put(name, List.copyOf(addresses));
        failingNames.remove(name);
    }

    /// Has look-ups of that name fail from now on, as those of a name server that answers with an error.
    public void failName(String name, String why) {
        failingNames.put(name, why);
    }

    /// The addresses of that name, or of the host of that name; empty if there is neither.
    ///
    /// @throws IOException if the look-up fails
    public List<InetAddress> addressesOf(String name) throws IOException {
        String why = failingNames.get(name);
        if (why != null) {
            throw new IOException(why);
        }
        List<InetAddress> known = names.get(name);
        if (known != null) {
            return known;
        }
        Node node = nodes.get(name);
        return node == null ? List.of() : node.addresses();
    }

    /// The link for all pairs of hosts that were not given one of their own.
    public Link everywhere() {
        return everywhere;
    }

    /// The link between two hosts, for both directions. Their connections of before keep the former one.
    public Link between(Node one, Node other) {
        var link = new Link("the link between " + one + " and " + other);
        link(one, other, link);
        link(other, one, link);
        return link;
    }

    /// The link from one host to another, for this direction alone.
    public Link from(Node one, Node other) {
        var link = new Link("the link from " + one + " to " + other);
        link(one, other, link);
        return link;
    }

    private void link(Node from, Node to, Link link) {
        links.put(new Pair(from.name(), to.name()), link);
        paths.remove(new Pair(from.name(), to.name()));
    }

    /// Keeps the hosts of different groups apart; those of none reach all.
    public void partition(List<? extends List<Node>> wanted) {
        var next = new HashMap<Node, Integer>();
        for (int i = 0; i < wanted.size(); i++) {
            for (Node node : wanted.get(i)) {
                next.put(node, i);
            }
        }
        groups = next;
    }

    boolean isApart(Node one, Node other) {
        Integer group = groups.get(one);
        Integer others = groups.get(other);
        return group != null && others != null && !group.equals(others);
    }

    Path path(Node from, Node to) {
        var pair = new Pair(from.name(), to.name());
        Path path = paths.get(pair);
        if (path == null) {
            Link link = links.get(pair);
            if (link == null) {
                link = from == to ? Link.loopback("the loopback link of " + from) : everywhere;
            }
            path = new Path(this, from, to, link);
            paths.put(pair, path);
        }
        return path;
    }

    @Nullable
    Node nodeAt(InetAddress address, Node seenFrom) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress() ? seenFrom : byAddress.get(address);
    }

    // Sending

    /// Has something small happen at `to` that `from` has caused, unless it is lost on the way.
    void signal(Node from, Node to, Runnable step) {
        Path path = path(from, to);
        if (path.isOpen()) {
            agenda.at(path.arrivalOfSignal(), () -> {
                if (path.isOpen()) {
                    step.run();
                }
            });
        }
    }

    void send(DatagramSocket socket, byte[] bytes, InetSocketAddress to) throws IOException {
        Node from = socket.node();
        var source = new InetSocketAddress(
                socket.local().getAddress().isAnyLocalAddress()
                        ? from.addressTowards(to.getAddress())
                        : socket.local().getAddress(),
                socket.local().getPort());
        Node target = nodeAt(to.getAddress(), from);
        String detail = bytes.length + " B to " + describe(to);
        if (target == null) {
            trace(from, "datagram", detail);
        } else {
            send(from, target, detail, bytes, () -> arrive(socket, source, target, bytes, to));
        }
    }

    void sendToGroup(DatagramSocket socket, byte[] bytes, InetSocketAddress group) throws IOException {
        Node from = socket.node();
        var source = new InetSocketAddress(
                from.addressTowards(
                        group.getAddress() instanceof Inet4Address
                                ? from.addresses().getFirst()
                                : from.addresses().getLast()),
                socket.local().getPort());
        trace(from, "datagram", bytes.length + " B to " + describe(group));
        for (Node node : nodes.values()) {
            if (node != from || socket.hearsOwn()) {
                send(
                        from,
                        node,
                        null,
                        bytes,
                        () -> node.listenersTo(group, source).forEach(member -> member.arrived(bytes, source)));
            }
        }
    }

    /// @param detail for the trace, if it was not told of it before
    private void send(Node from, Node to, @Nullable String detail, byte[] bytes, Runnable arrival) {
        Path path = path(from, to);
        int fragments = 1 + bytes.length / path.link().segmentMax();
        String where = from.name() + ">" + to.name();
        if (path.losesDatagram(fragments)) {
            if (detail != null) {
                traceLost(from, to, "datagram", 0, detail);
            }
            traceLost(from, to, "lost", 0, "");
            return;
        }
        Draws doubles = fate.draws(FaultKind.DUPLICATE, where);
        Draws reorders = fate.draws(FaultKind.REORDER, where);
        int copies = doubles.strikes(path.link().duplicates()) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            boolean held = reorders.strikes(path.link().reorders());
            long arrives = path.arrivalOfDatagram(bytes.length, held ? HELD_BACK_NANOS : 0);
            if (i == 0 && detail != null) {
                trace(from, to, "datagram", 0, detail, agenda.now(), arrives);
            }
            agenda.at(arrives, () -> {
                if (path.isOpen()) {
                    arrival.run();
                }
            });
        }
    }

    private void arrive(
            DatagramSocket sender, InetSocketAddress source, Node target, byte[] bytes, InetSocketAddress to) {
        DatagramSocket receiver = target.datagramAt(to);
        if (receiver == null || !receiver.takes(source)) {
            signal(target, sender.node(), () -> sender.unreachable(to));
        } else {
            receiver.arrived(bytes, source);
        }
    }

    // The trace

    /// Which host's program does what happens now.
    public String present() {
        return present;
    }

    /// Says which host's program does what happens from now on; returns the former one.
    public String present(String host) {
        String former = present;
        present = host;
        return former;
    }

    long nextConnection() {
        return ++connections;
    }

    /// Notes that something has happened to that host.
    ///
    /// @param number of what it concerns; 0 for none
    public void trace(Node host, String what, long number, String detail) {
        trace.add(agenda.now(), host.name(), what, number, detail);
    }

    void trace(Node host, String what, String detail) {
        trace(host, what, 0, detail);
    }

    void trace(StreamSocket socket, String what, @Nullable String detail) {
        trace.add(agenda.now(), socket.node().name(), what, socket.number(), detail == null ? "" : detail);
    }

    /// Something is sent that leaves and arrives then.
    void trace(Node from, Node to, String what, long number, String detail, long leaves, long arrives) {
        trace.add(agenda.now(), from.name(), to.name(), what, number, detail, leaves, arrives);
    }

    void trace(StreamSocket from, StreamSocket to, String what, String detail, long leaves, long arrives) {
        trace(from.node(), to.node(), what, from.number(), detail, leaves, arrives);
    }

    /// Something is sent that does not arrive.
    void traceLost(Node from, Node to, String what, long number, String detail) {
        trace(from, to, what, number, detail, agenda.now(), TraceEvent.NEVER);
    }

    /// An address in words, without asking anybody for its name.
    String describe(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : address.toString();
    }
}
