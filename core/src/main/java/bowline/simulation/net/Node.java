package bowline.simulation.net;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The network stack of one host: its addresses, ports, sockets and descriptors. For the simulation's thread.
public final class Node {
    /// Ports from here on are given to those who do not ask for one.
    private static final int FIRST_FREE_PORT = 32_768;

    private static final int LAST_FREE_PORT = 60_999;

    /// What a process may have open until a test says otherwise: the usual limit of Linux.
    private static final int DESCRIPTORS_MAX = 1024;

    private final Network network;
    private final String name;
    private final List<InetAddress> addresses;
    private final Map<SocketAddress, ListenSocket> ports = new LinkedHashMap<>();
    private final Map<DatagramSocket, InetSocketAddress> datagramPorts = new LinkedHashMap<>();
    private final Set<InetSocketAddress> sharedPorts = new LinkedHashSet<>();
    private final Set<StreamSocket> streams = new LinkedHashSet<>();
    private final Set<Dial> dials = new LinkedHashSet<>();
    private final Map<SocketAddress, Integer> socketFiles = new HashMap<>();
    private int socketFilesMade;
    private int life;
    private int nextPort = FIRST_FREE_PORT;
    private int descriptors;
    private int descriptorsMax = DESCRIPTORS_MAX;
    private boolean up = true;
    private boolean cutOff;
    private Speed reads = Speed.UNLIMITED;
    private Speed writes = Speed.UNLIMITED;

    Node(Network network, String name, List<InetAddress> addresses) {
        this.network = network;
        this.name = name;
        this.addresses = List.copyOf(addresses);
    }

    /// What it is called, in the network's names too.
    public String name() {
        return name;
    }

    /// Its addresses, the loopback ones not among them.
    public List<InetAddress> addresses() {
        return addresses;
    }

    /// Whether one of them is written like that.
    public boolean hasAddress(String literal) {
        return addresses.stream().anyMatch(address -> address.getHostAddress().equals(literal));
    }

    // Sockets

    /// Listens there; port 0 takes a free one.
    ///
    /// @throws IOException if it cannot, with the system's words
    public ListenSocket listen(SocketAddress where, int backlog) throws IOException {
        SocketAddress at = where instanceof InetSocketAddress inet ? free(inet, ports.keySet()) : where;
        if (socketFiles.containsKey(at)) {
            throw new BindException("Address already in use");
        }
        takeDescriptor();
        if (at instanceof UnixDomainSocketAddress) {
            socketFiles.put(at, ++socketFilesMade);
        }
        var socket = new ListenSocket(this, at, backlog);
        ports.put(at, socket);
        network.trace(this, "listen", network.describe(at));
        return socket;
    }

    /// Opens a UDP socket there; port 0 takes a free one.
    ///
    /// @param shared whether others who say so too may have the same port
    /// @throws IOException if it cannot, with the system's words
    public DatagramSocket openDatagram(InetSocketAddress where, boolean shared) throws IOException {
        boolean joins = shared && sharedPorts.contains(where);
        InetSocketAddress at = joins ? where : free(where, datagramPorts.values());
        takeDescriptor();
        var socket = new DatagramSocket(network, this, at);
        datagramPorts.put(socket, at);
        if (shared) {
            sharedPorts.add(at);
        }
        return socket;
    }

    /// Begins to connect. One of the two is told how it went, on a later turn of the agenda.
    ///
    /// @param local where from; null if the system may choose
    /// @throws IOException if it fails at once
    public Dial connect(
            @Nullable InetSocketAddress local,
            SocketAddress remote,
            Consumer<StreamSocket> connected,
            Consumer<IOException> failed)
            throws IOException {
        if (remote instanceof UnixDomainSocketAddress && !socketFiles.containsKey(remote)) {
            throw new SocketException("No such file or directory");
        }
        takeDescriptor();
        try {
            Dial dial = new Dial(network, this, from(local, remote), remote, connected, failed);
            dial.begin(remote instanceof InetSocketAddress inet ? network.nodeAt(inet.getAddress(), this) : this);
            return dial;
        } catch (IOException refused) {
            giveDescriptor();
            throw refused;
        }
    }

    private SocketAddress from(@Nullable InetSocketAddress local, SocketAddress remote) throws IOException {
        if (!(remote instanceof InetSocketAddress to)) {
            return UnixDomainSocketAddress.of("");
        }
        if (local == null || local.getAddress().isAnyLocalAddress()) {
            int port = local == null ? 0 : local.getPort();
            return new InetSocketAddress(addressTowards(to.getAddress()), port == 0 ? freePort() : port);
        }
        if (!isOurs(local.getAddress())) {
            throw new BindException("Cannot assign requested address");
        }
        return local.getPort() == 0 ? new InetSocketAddress(local.getAddress(), freePort()) : local;
    }

    /// The address of ours that another host sees.
    InetAddress addressTowards(InetAddress to) throws IOException {
        if (to.isLoopbackAddress() || to.isAnyLocalAddress() || isOurs(to)) {
            return to.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : to;
        }
        for (InetAddress ours : addresses) {
            if (to instanceof Inet4Address == ours instanceof Inet4Address) {
                return ours;
            }
        }
        throw new SocketException("Network is unreachable");
    }

    private InetSocketAddress free(InetSocketAddress wanted, Collection<? extends SocketAddress> taken)
            throws IOException {
        InetAddress at = wanted.getAddress();
        if (!at.isAnyLocalAddress() && !at.isLoopbackAddress() && !at.isMulticastAddress() && !isOurs(at)) {
            throw new BindException("Cannot assign requested address");
        }
        if (wanted.getPort() != 0) {
            if (overlaps(wanted, taken)) {
                throw new BindException("Address already in use");
            }
            return wanted;
        }
        for (int tries = LAST_FREE_PORT - FIRST_FREE_PORT; tries >= 0; tries--) {
            var next = new InetSocketAddress(at, freePort());
            if (!overlaps(next, taken)) {
                return next;
            }
        }
        throw new BindException("Address already in use");
    }

    private static boolean overlaps(InetSocketAddress wanted, Collection<? extends SocketAddress> taken) {
        for (SocketAddress other : taken) {
            if (other instanceof InetSocketAddress inet
                    && inet.getPort() == wanted.getPort()
                    && (covers(inet.getAddress(), wanted.getAddress())
                            || covers(wanted.getAddress(), inet.getAddress()))) {
                return true;
            }
        }
        return false;
    }

    /// Whether who is bound to the one has what comes for the other: the wildcard of IPv6 takes both versions,
    /// that of IPv4 its own, as on Linux.
    private static boolean covers(InetAddress bound, InetAddress other) {
        return bound.isAnyLocalAddress()
                ? bound instanceof Inet6Address || other instanceof Inet4Address
                : bound.equals(other);
    }

    private int freePort() {
        int port = nextPort;
        nextPort = port == LAST_FREE_PORT ? FIRST_FREE_PORT : port + 1;
        return port;
    }

    private boolean isOurs(InetAddress address) {
        return address.isLoopbackAddress() || addresses.contains(address);
    }

    @Nullable
    ListenSocket listenerAt(SocketAddress where) {
        if (!(where instanceof InetSocketAddress to)) {
            return socketFiles.containsKey(where) ? ports.get(where) : null;
        }
        for (Map.Entry<SocketAddress, ListenSocket> port : ports.entrySet()) {
            if (port.getKey() instanceof InetSocketAddress at && answers(at, to)) {
                return port.getValue();
            }
        }
        return null;
    }

    @Nullable
    DatagramSocket datagramAt(InetSocketAddress to) {
        for (Map.Entry<DatagramSocket, InetSocketAddress> port : datagramPorts.entrySet()) {
            if (answers(port.getValue(), to)) {
                return port.getKey();
            }
        }
        return null;
    }

    List<DatagramSocket> listenersTo(InetSocketAddress group, InetSocketAddress source) {
        var members = new ArrayList<DatagramSocket>();
        for (Map.Entry<DatagramSocket, InetSocketAddress> port : datagramPorts.entrySet()) {
            if (port.getValue().getPort() == group.getPort()
                    && port.getKey().hears(group.getAddress(), source.getAddress())) {
                members.add(port.getKey());
            }
        }
        return members;
    }

    private static boolean answers(InetSocketAddress at, InetSocketAddress to) {
        return at.getPort() == to.getPort() && covers(at.getAddress(), to.getAddress());
    }

    /// What tells the socket's file there from others at the same path; null if there is none.
    public @Nullable Object socketFile(UnixDomainSocketAddress path) {
        return socketFiles.get(path);
    }

    /// Removes a socket's file; who listens there is not found any more. False if there is none.
    public boolean deleteSocketFile(UnixDomainSocketAddress path) {
        return socketFiles.remove(path) != null;
    }

    // Descriptors

    /// Sets how many descriptors may be open.
    public void descriptorsMax(int max) {
        descriptorsMax = max;
    }

    /// How many are open.
    public int descriptors() {
        return descriptors;
    }

    /// Takes one.
    ///
    /// @throws IOException if none is left
    public void takeDescriptor() throws IOException {
        if (descriptors >= descriptorsMax) {
            throw new IOException("Too many open files");
        }
        descriptors++;
    }

    /// Gives one back.
    public void giveDescriptor() {
        descriptors--;
    }

    // Speed

    /// Its programs read each stream that is opened from now on at a speed between these, in bytes a second.
    ///
    /// @throws IllegalArgumentException unless 0 < least ≤ most
    public void reads(long least, long most) {
        reads = new Speed(least, most);
    }

    /// Its programs write each stream that is opened from now on at a speed between these, in bytes a second.
    ///
    /// @throws IllegalArgumentException unless 0 < least ≤ most
    public void writes(long least, long most) {
        writes = new Speed(least, most);
    }

    Speed reads() {
        return reads;
    }

    Speed writes() {
        return writes;
    }

    // Faults

    /// Whether it has power.
    public boolean isUp() {
        return up;
    }

    /// Whether its cable is pulled.
    public boolean isCutOff() {
        return cutOff;
    }

    /// Pulls its cable, or plugs it in.
    public void cutOff(boolean on) {
        cutOff = on;
    }

    /// Takes its power: everything open is gone, and nobody is told.
    public void powerOff() {
        up = false;
        life++;
        List.copyOf(dials).forEach(Dial::vanish);
        List.copyOf(ports.values()).forEach(ListenSocket::vanish);
        List.copyOf(datagramPorts.keySet()).forEach(DatagramSocket::vanish);
        List.copyOf(streams).forEach(StreamSocket::vanish);
        descriptors = 0;
    }

    /// Gives it power again.
    public void powerOn() {
        up = true;
    }

    /// The process has ended, and the system closes what it had open.
    public void closeAll() {
        life++;
        List.copyOf(dials).forEach(Dial::cancel);
        List.copyOf(ports.values()).forEach(ListenSocket::close);
        List.copyOf(datagramPorts.keySet()).forEach(DatagramSocket::close);
        List.copyOf(streams).forEach(socket -> socket.close(false));
        descriptors = 0;
    }

    /// Counts the times that its programs have ended all at once.
    public int life() {
        return life;
    }

    // For its sockets

    void add(StreamSocket socket) {
        streams.add(socket);
    }

    void remove(StreamSocket socket) {
        streams.remove(socket);
    }

    void add(Dial dial) {
        dials.add(dial);
    }

    void remove(Dial dial) {
        dials.remove(dial);
    }

    void remove(ListenSocket socket) {
        ports.remove(socket.local(), socket);
    }

    void remove(DatagramSocket socket) {
        InetSocketAddress at = datagramPorts.remove(socket);
        if (at != null && !datagramPorts.containsValue(at)) {
            sharedPorts.remove(at);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
