package bowline.reactor.nio;

import bowline.protocol.InvalidAddressError;
import bowline.reactor.loop.SocketAddresses;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which interface a program means (UDP-11, UDP-12).
public final class NetworkInterfaces {
    /// Any port: nothing is sent there.
    private static final int DISCARD_PORT = 9;

    private NetworkInterfaces() {}

    /// The interface of this name, or with this address.
    ///
    /// @throws InvalidAddressError if there is none
    public static NetworkInterface named(String nameOrAddress) throws SocketException {
        NetworkInterface found = isLiteral(nameOrAddress)
                ? NetworkInterface.getByInetAddress(InetAddress.ofLiteral(nameOrAddress))
                : NetworkInterface.getByName(nameOrAddress);
        if (found == null) {
            throw new InvalidAddressError(nameOrAddress, "this machine has no such interface; it has " + names());
        }
        return found;
    }

    private static boolean isLiteral(String nameOrAddress) {
        try {
            SocketAddresses.literal(nameOrAddress);
            return true;
        } catch (InvalidAddressError name) {
            return false;
        }
    }

    private static List<String> names() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .map(NetworkInterface::getName)
                .sorted()
                .toList();
    }

    /// The interface by which the system's routes lead to `group`; without a route, the first that would do.
    ///
    /// @throws IOException if none would
    public static NetworkInterface towards(InetAddress group) throws IOException {
        NetworkInterface routed = routed(group);
        if (routed != null) {
            return routed;
        }
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            if (each.isUp() && each.supportsMulticast() && hasAddressLike(each, group)) {
                return each;
            }
        }
        throw new IOException("no interface of this machine leads there; name one");
    }

    private static @Nullable NetworkInterface routed(InetAddress group) throws SocketException {
        try (var probe = new DatagramSocket()) { // connecting it sends nothing, and tells the address on the way
            probe.connect(new InetSocketAddress(group, DISCARD_PORT));
            InetAddress local = probe.getLocalAddress();
            return local.isAnyLocalAddress() ? null : NetworkInterface.getByInetAddress(local);
        } catch (SocketException | RuntimeException noRoute) {
            return null;
        }
    }

    private static boolean hasAddressLike(NetworkInterface candidate, InetAddress group) {
        return candidate.inetAddresses().anyMatch(address -> address.getClass() == group.getClass());
    }
}
