package bowline.reactor.loop;

import bowline.protocol.Address;
import bowline.protocol.Address.Carrier;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// From the platform's addresses to ours (TRA-14).
final class SocketAddresses {
    private static final int GROUPS = 8;

    private SocketAddresses() {}

    static Address tcp(InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        if (address instanceof Inet6Address v6) {
            return new Address.IPv6(Carrier.TCP, text(v6), socket.getPort(), 0, v6.getScopeId());
        }
        return new Address.IPv4(Carrier.TCP, address.getHostAddress(), socket.getPort());
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
