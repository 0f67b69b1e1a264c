package bowline.socks;

import bowline.defer.Deferred;
import bowline.endpoint.LiteralAddress;
import bowline.failure.Failure;
import bowline.machine.PeerViolation;
import bowline.protocol.Address;
import bowline.socks.message.SocksAddress;
import bowline.socks.message.SocksDatagram;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Passes one client's datagrams on and the answers back (RFC 1928 §7): what UDP ASSOCIATE does behind its two ports,
/// which are left to the caller.
///
///     client ── header, data ──▶ [from the client's address?] ─ look-up ─ rules ─▶ data ──▶ target
///     client ◀── header, data ── [a target it has written to?] ◀────────────────── data ─── target
///
/// The association belongs to the client's connection (K1): only datagrams from that host count as its own, and
/// from the port that it declared or, if it declared none, first wrote from. Only those it has written to can write
/// back. What does not fit is dropped, as datagrams are.
final class UdpAssociation {
    /// How many targets may write back: the latest that the client has written to.
    static final int TARGETS_MAX = 256;

    /// How many names may be looked up at a time; datagrams to more are dropped.
    static final int LOOKUPS_MAX = 16;

    private final InetAddress client;
    private final Targets targets;
    private final Ports ports;
    private final Set<Deferred<?>> lookups = new LinkedHashSet<>();
    private final Map<InetSocketAddress, Boolean> written = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Boolean> eldest) {
            return size() > TARGETS_MAX;
        }
    };
    private int clientPort;
    private boolean closed;

    /// Where datagrams go out.
    interface Ports {
        void toClient(ByteBuffer datagram, Address client);

        void toTarget(ByteBuffer datagram, Address target);
    }

    /// @param client the host of the client's connection
    /// @param clientPort the port it said it would write from; 0: it does not know
    UdpAssociation(InetAddress client, int clientPort, Targets targets, Ports ports) {
        this.client = client;
        this.clientPort = clientPort;
        this.targets = targets;
        this.ports = ports;
    }

    /// A datagram has come to the port that the client knows, from anybody.
    ///
    /// @return whether it is the client's
    boolean atClientsPort(ByteBuffer datagram, Address from) {
        InetSocketAddress sender = socket(from);
        if (sender == null || closed || !sender.getAddress().equals(client)) {
            return false;
        }
        if (clientPort != 0 && clientPort != sender.getPort()) {
            return false;
        }
        passOn(datagram, sender.getPort());
        return true;
    }

    /// A datagram has come to the port that targets know, from anybody.
    ///
    /// @return whether it is an answer to the client
    boolean atTargetsPort(ByteBuffer datagram, Address from) {
        InetSocketAddress sender = socket(from);
        boolean answer = sender != null && !closed && written.containsKey(sender);
        if (answer) {
            ports.toClient(new SocksDatagram(SocksAddresses.of(from), datagram).bytes(), udp(client, clientPort));
        }
        return answer;
    }

    private void passOn(ByteBuffer datagram, int senderPort) {
        SocksDatagram read;
        try {
            read = SocksDatagram.read(datagram);
        } catch (PeerViolation dropped) {
            return;
        }
        clientPort = senderPort;
        SocksAddress to = read.address();
        InetAddress literal = SocksAddresses.literal(to.host());
        if (literal != null) {
            if (targets.rules().permits(literal)) {
                send(read.data(), literal, to.port());
            }
        } else if (lookups.size() < LOOKUPS_MAX) {
            lookUp(to, copy(read.data()));
        }
    }

    private void lookUp(SocksAddress to, ByteBuffer data) {
        Deferred<List<InetAddress>> found = targets.addresses(to.host());
        lookups.add(found);
        found.onBoth(() -> lookups.remove(found))
                .<@Nullable Void>addCallbacks(
                        addresses -> {
                            if (!closed) {
                                send(data, addresses.getFirst(), to.port());
                            }
                            return null;
                        },
                        (Failure _) -> null); // unknown or forbidden: dropped
    }

    private void send(ByteBuffer data, InetAddress address, int toPort) {
        written.put(new InetSocketAddress(address, toPort), true);
        ports.toTarget(data, udp(address, toPort));
    }

    /// The client's connection is lost: nothing is passed on any more.
    void close() {
        closed = true;
        List.copyOf(lookups).forEach(Deferred::cancel);
    }

    private static ByteBuffer copy(ByteBuffer data) {
        return ByteBuffer.allocate(data.remaining()).put(data).flip();
    }

    private static @Nullable InetSocketAddress socket(Address address) {
        return switch (address) {
            case Address.IPv4 v4 -> new InetSocketAddress(InetAddress.ofLiteral(v4.host()), v4.port());
            case Address.IPv6 v6 -> new InetSocketAddress(InetAddress.ofLiteral(v6.host()), v6.port());
            case Address.Hostname _, Address.Unix _, Address.Pipe _, Address.Device _, Address.ChildProcess _ -> null;
        };
    }

    private static Address udp(InetAddress address, int port) {
        String host = LiteralAddress.text(address);
        return address instanceof Inet6Address
                ? new Address.IPv6(Address.Carrier.UDP, host, port)
                : new Address.IPv4(Address.Carrier.UDP, host, port);
    }
}
