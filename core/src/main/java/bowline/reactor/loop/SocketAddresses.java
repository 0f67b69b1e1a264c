package bowline.reactor.loop;

import bowline.protocol.Address;
import bowline.protocol.Address.Carrier;
import bowline.protocol.InvalidAddressError;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// From the platform's addresses to ours and back (TRA-14).
public final class SocketAddresses {
    private static final int GROUPS = 8;
    private static final String BROADCAST = "<broadcast>";

    private SocketAddresses() {}

    /// Of one end of a stream. An end that has no name of its own is told by an empty one (UNX-6).
    static Address stream(SocketAddress socket) {
        return switch (socket) {
            case UnixDomainSocketAddress local -> unix(local);
            case NamedSocketAddress named -> named.address();
            default -> tcp((InetSocketAddress) socket);
        };
    }

    private static Address unix(UnixDomainSocketAddress socket) {
        String path = socket.getPath().toString();
        return new Address.Unix(path.isEmpty() ? null : path);
    }

    /// The address of a TCP socket.
    public static Address tcp(InetSocketAddress socket) {
        return address(Carrier.TCP, socket);
    }

    /// The address of a UDP socket.
    public static Address udp(InetSocketAddress socket) {
        return address(Carrier.UDP, socket);
    }

    private static Address address(Carrier carrier, InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        if (address instanceof Inet6Address v6) {
            return new Address.IPv6(carrier, text(v6), socket.getPort(), 0, v6.getScopeId());
        }
        return new Address.IPv4(carrier, address.getHostAddress(), socket.getPort());
    }

    /// Where a datagram to `address` goes (UDP-4).
    ///
    /// @throws InvalidAddressError if it is not an Internet address in numbers
    public static InetSocketAddress socket(Address address) {
        return switch (address) {
            case Address.IPv4 v4 -> new InetSocketAddress(literal(v4.host()), v4.port());
            case Address.IPv6 v6 -> new InetSocketAddress(scoped(literal(v6.host()), v6.scopeId()), v6.port());
            case Address.Hostname name -> new InetSocketAddress(literal(name.host()), name.port());
            case Address.Unix _, Address.Pipe _, Address.Device _, Address.ChildProcess _ ->
                throw new InvalidAddressError(address.toString(), "UDP needs an Internet address");
        };
    }

    private static InetAddress scoped(InetAddress address, int scopeId) {
        if (scopeId == 0 || !(address instanceof Inet6Address)) {
            return address;
        }
        try {
            return Inet6Address.getByAddress(null, address.getAddress(), scopeId);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// The address that `host` is in numbers. Short forms of IPv4 as `127.1` are none (UDP-4).
    ///
    /// @throws InvalidAddressError if it is none
    public static InetAddress literal(String host) {
        if (host.equals(BROADCAST)) {
            return InetAddress.ofLiteral("255.255.255.255");
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException name) {
            throw notInNumbers(host, name);
        }
        boolean shortened = address instanceof Inet4Address
                && host.indexOf(':') < 0
                && !address.getHostAddress().equals(host);
        if (shortened) {
            throw notInNumbers(host, null);
        }
        return address;
    }

    private static InvalidAddressError notInNumbers(String host, @Nullable Throwable cause) {
        return new InvalidAddressError(
                host,
                "it is not an IPv4 or IPv6 address in numbers; look a name up first, with reactor.resolver()",
                cause);
    }

    /// The canonical text of RFC 5952 §4: groups without leading zeros, the longest run of two or more
    /// zero groups as `::`, the first of equally long ones.
    static String text(Inet6Address address) {
        int[] groups = groups(address.getAddress());
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = zerosFrom(groups, i);
            if (length > gapLength) {
                gap = i;
                gapLength = length;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    private static int[] groups(byte[] octets) {
        var groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff);
        }
        return groups;
    }

    private static int zerosFrom(int[] groups, int start) {
        int at = start;
        while (at < GROUPS && groups[at] == 0) {
            at++;
        }
        return at - start;
    }
}
