package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.InvalidAddressError;
import bowline.protocol.MulticastJoinError;
import bowline.reactor.MulticastPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a UDP port that is about groups (UDP-10 to UDP-12), and the options of its socket.
@SuppressWarnings("this-escape") // the groups are given the port while it is made, and use it when it listens
abstract class GroupSide extends PacketPort implements MulticastPort {
    private final MulticastGroups groups = new MulticastGroups(this::networkInterface, this::join);

    GroupSide(Loop loop, DatagramProtocol protocol, int packetMaxBytes) {
        super(loop, protocol, packetMaxBytes);
    }

    // System calls

    /// What an option of the socket is.
    protected abstract <T> @Nullable T option(SocketOption<T> option) throws IOException;

    /// Sets an option of the socket.
    protected abstract <T> void option(SocketOption<T> option, T value) throws IOException;

    /// The name of the interface that a program means.
    ///
    /// @param nameOrAddress what it is called; empty for the one where the routes to `group` lead
    /// @throws InvalidAddressError if there is none of that name or address
    /// @throws IOException if no interface leads to the group
    protected abstract String networkInterface(String nameOrAddress, InetAddress group) throws IOException;

    /// Joins a group, for all senders if `source` is null; returns what leaves it.
    ///
    /// @param networkInterface the name of one
    protected abstract Runnable join(InetAddress group, String networkInterface, @Nullable InetAddress source)
            throws IOException;

    /// The name of the interface by which datagrams to groups leave; empty if the system chooses.
    protected abstract String outgoing() throws IOException;

    /// Sets that interface.
    ///
    /// @throws InvalidAddressError if there is none of that name or address
    protected abstract void outgoing(String nameOrAddress) throws IOException;

    // Groups

    @Override
    public final Deferred<@Nullable Void> joinGroup(String group, String networkInterface) {
        loop.check("MulticastTransport.joinGroup");
        return group(group, networkInterface, address -> groups.join(address, networkInterface, null));
    }

    @Override
    public final Deferred<@Nullable Void> joinGroup(String group, String networkInterface, String source) {
        loop.check("MulticastTransport.joinGroup");
        return group(group, networkInterface, address -> {
            try {
                groups.join(address, networkInterface, SocketAddresses.literal(source));
            } catch (InvalidAddressError name) {
                throw new MulticastJoinError(group, networkInterface, "sender: " + name.getMessage(), name);
            }
        });
    }

    @Override
    public final Deferred<@Nullable Void> leaveGroup(String group, String networkInterface) {
        loop.check("MulticastTransport.leaveGroup");
        return group(group, networkInterface, address -> groups.leave(address, networkInterface));
    }

    /// With the socket all groups are left.
    @Override
    final void leaving() {
        groups.forget();
    }

    private interface GroupStep {
        void run(InetAddress group) throws MulticastJoinError;
    }

    private Deferred<@Nullable Void> group(String group, String networkInterface, GroupStep step) {
        return addressesOf(group).<@Nullable Void>addCallback(addresses -> {
            if (addresses.isEmpty()) {
                throw new MulticastJoinError(group, networkInterface, "there is no such name", null);
            }
            if (!listening) {
                throw new MulticastJoinError(group, networkInterface, "the port does not listen", null);
            }
            step.run(addresses.getFirst());
            return null;
        });
    }

    private Deferred<List<InetAddress>> addressesOf(String group) {
        try {
            return Deferred.succeed(List.of(SocketAddresses.literal(group)));
        } catch (InvalidAddressError name) {
            return loop.resolver().resolve(group);
        }
    }

    // Options

    @Override
    public final int ttl() {
        return valueOf(StandardSocketOptions.IP_MULTICAST_TTL, 1);
    }

    @Override
    public final void ttl(int hops) {
        set(StandardSocketOptions.IP_MULTICAST_TTL, hops);
    }

    @Override
    public final boolean loopbackMode() {
        return valueOf(StandardSocketOptions.IP_MULTICAST_LOOP, true);
    }

    @Override
    public final void loopbackMode(boolean on) {
        set(StandardSocketOptions.IP_MULTICAST_LOOP, on);
    }

    @Override
    public final boolean broadcastAllowed() {
        return valueOf(StandardSocketOptions.SO_BROADCAST, false);
    }

    @Override
    public final void broadcastAllowed(boolean on) {
        set(StandardSocketOptions.SO_BROADCAST, on);
    }

    private <T> T valueOf(SocketOption<T> option, T whenClosed) {
        try {
            T value = option(option);
            return value == null ? whenClosed : value;
        } catch (IOException gone) {
            return whenClosed;
        }
    }

    private <T> void set(SocketOption<T> option, T value) {
        loop.check("DatagramTransport." + option.name());
        try {
            option(option, value);
        } catch (IOException refused) {
            throw new UncheckedIOException("could not set " + option.name() + " to " + value, refused);
        }
    }

    @Override
    public final String outgoingInterface() {
        try {
            return outgoing();
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public final Deferred<@Nullable Void> outgoingInterface(String networkInterface) {
        loop.check("MulticastTransport.outgoingInterface");
        return Deferred.<@Nullable Void>execute(() -> {
            try {
                outgoing(networkInterface);
            } catch (IOException refused) {
                throw new UncheckedIOException("could not send to groups by " + networkInterface, refused);
            }
            return null;
        });
    }
}
