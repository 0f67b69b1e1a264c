package bowline.linux.system;

/// An option of sockets: the level and the number that the kernel knows it by.
public enum SocketOptionName {
    /// `SO_REUSEADDR`
    REUSE_ADDRESS(1, 2),
    /// `SO_TYPE`
    TYPE(1, 3),
    /// `SO_ERROR`
    ERROR(1, 4),
    /// `SO_BROADCAST`
    BROADCAST(1, 6),
    /// `SO_SNDBUF`
    SEND_BUFFER(1, 7),
    /// `SO_RCVBUF`
    RECEIVE_BUFFER(1, 8),
    /// `SO_KEEPALIVE`
    KEEP_ALIVE(1, 9),
    /// `SO_LINGER`
    LINGER(1, 13),
    /// `SO_REUSEPORT`
    REUSE_PORT(1, 15),
    /// `SO_PASSCRED`
    PASS_CREDENTIALS(1, 16),
    /// `SO_PEERCRED`
    PEER_CREDENTIALS(1, 17),
    /// `SO_ACCEPTCONN`
    ACCEPTS(1, 30),
    /// `SO_DOMAIN`
    FAMILY(1, 39),

    /// `UDP_GRO`
    UDP_RECEIVE_OFFLOAD(17, 104),

    /// `TCP_NODELAY`
    TCP_NO_DELAY(6, 1),

    /// `IP_PKTINFO`
    IP_PACKET_INFO(0, 8),
    /// `IP_MULTICAST_IF`
    IP_MULTICAST_IF(0, 32),
    /// `IP_MULTICAST_TTL`
    IP_MULTICAST_TTL(0, 33),
    /// `IP_MULTICAST_LOOP`
    IP_MULTICAST_LOOP(0, 34),
    /// `IP_MULTICAST_ALL`
    IP_MULTICAST_ALL(0, 49),
    /// `MCAST_JOIN_GROUP` of IPv4
    IP_JOIN_GROUP(0, 42),
    /// `MCAST_LEAVE_GROUP` of IPv4
    IP_LEAVE_GROUP(0, 45),
    /// `MCAST_JOIN_SOURCE_GROUP` of IPv4
    IP_JOIN_SOURCE_GROUP(0, 46),
    /// `MCAST_LEAVE_SOURCE_GROUP` of IPv4
    IP_LEAVE_SOURCE_GROUP(0, 47),

    /// `IPV6_RECVPKTINFO`
    IPV6_PACKET_INFO(41, 49),
    /// `IPV6_MULTICAST_IF`
    IPV6_MULTICAST_IF(41, 17),
    /// `IPV6_MULTICAST_HOPS`
    IPV6_MULTICAST_HOPS(41, 18),
    /// `IPV6_MULTICAST_LOOP`
    IPV6_MULTICAST_LOOP(41, 19),
    /// `IPV6_V6ONLY`
    IPV6_V6ONLY(41, 26),
    /// `IPV6_MULTICAST_ALL`
    IPV6_MULTICAST_ALL(41, 29),
    /// `MCAST_JOIN_GROUP` of IPv6
    IPV6_JOIN_GROUP(41, 42),
    /// `MCAST_LEAVE_GROUP` of IPv6
    IPV6_LEAVE_GROUP(41, 45),
    /// `MCAST_JOIN_SOURCE_GROUP` of IPv6
    IPV6_JOIN_SOURCE_GROUP(41, 46),
    /// `MCAST_LEAVE_SOURCE_GROUP` of IPv6
    IPV6_LEAVE_SOURCE_GROUP(41, 47);

    private final int level;
    private final int number;

    SocketOptionName(int level, int number) {
        this.level = level;
        this.number = number;
    }

    int level() {
        return level;
    }

    int number() {
        return number;
    }
}
