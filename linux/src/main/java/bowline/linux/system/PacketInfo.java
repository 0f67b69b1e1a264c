package bowline.linux.system;

import java.net.Inet6Address;
import java.net.InetAddress;

/// The control message about a datagram's local address (ip(7), ipv6(7)): `struct in_pktinfo` or `struct in6_pktinfo`.
final class PacketInfo {
    /// Room for either.
    static final int CONTROL_MAX_BYTES = ControlMessages.space(20);

    private static final int IPPROTO_IP = 0;
    private static final int IP_PKTINFO = 8;
    private static final int INET_BYTES = 12;
    private static final int INET_LOCAL = 4;

    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_PKTINFO = 50;
    private static final int INET6_BYTES = 20;
    private static final int INET6_INTERFACE = 16;

    private PacketInfo() {}

    /// Writes one that says where a datagram is to come from.
    ///
    /// @param family the socket's
    /// @return how much room it takes
    static int write(long at, int family, InetAddress from) {
        long data = at + ControlMessages.HEADER_BYTES;
        if (family == Sockets.INET) {
            Memory.putInt(data, 0);
            Memory.put(data + INET_LOCAL, from.getAddress());
            Memory.putInt(data + INET_LOCAL + Integer.BYTES, 0);
            return ControlMessages.write(at, IPPROTO_IP, IP_PKTINFO, INET_BYTES);
        }
        SocketAddressCodec.writeInet6(from, data);
        Memory.putInt(data + INET6_INTERFACE, from instanceof Inet6Address scoped ? scoped.getScopeId() : 0);
        return ControlMessages.write(at, IPPROTO_IPV6, IPV6_PKTINFO, INET6_BYTES);
    }

    /// Writes the local address that control messages tell as one of a socket (`struct sockaddr_in` or
    /// `sockaddr_in6`).
    ///
    /// @param length how long all control messages are
    /// @param address where to write
    /// @return how long it is; 0 if nothing is told
    static int read(long first, long length, int port, long address) {
        long inet = ControlMessages.find(first, length, IPPROTO_IP, IP_PKTINFO);
        if (inet != 0) {
            return SocketAddressCodec.writeInet(inet + INET_LOCAL, port, address);
        }
        long inet6 = ControlMessages.find(first, length, IPPROTO_IPV6, IPV6_PKTINFO);
        return inet6 == 0
                ? 0
                : SocketAddressCodec.writeInet6(inet6, Memory.getInt(inet6 + INET6_INTERFACE), port, address);
    }
}
