package bowline.linux.system;

import bowline.protocol.Address;
import bowline.reactor.loop.AbstractSocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/// Addresses of sockets from and to the kernel's structures `sockaddr_in`, `sockaddr_in6` and `sockaddr_un`.
public final class SocketAddressCodec {
    /// Room for an address of any kind: `struct sockaddr_storage`.
    public static final int MAX_BYTES = 128;

    /// Longest path of a UNIX socket, without the zero behind it.
    public static final int PATH_MAX_BYTES = 107;

    private static final int PORT = 2;

    private static final int INET_BYTES = 16;
    private static final int INET_ADDRESS = 4;

    private static final int INET6_BYTES = 28;
    private static final int INET6_ADDRESS = 8;
    private static final int INET6_SCOPE = 24;

    private static final int LINK_LOCAL = 0xfe80;
    private static final int LINK_LOCAL_MASK = 0xffc0;

    private static final int UNIX_PATH = 2;

    private SocketAddressCodec() {}

    /// The address of a UNIX socket that has one: a path, or an abstract name.
    public static SocketAddress unix(Address.Unix address) {
        String where = address.host();
        return address.isAbstract() ? new AbstractSocketAddress(where.substring(1)) : UnixDomainSocketAddress.of(where);
    }

    /// The family of sockets for an address.
    public static int family(SocketAddress address) {
        return switch (address) {
            case UnixDomainSocketAddress _, AbstractSocketAddress _ -> Sockets.UNIX;
            case InetSocketAddress internet when internet.getAddress() instanceof Inet6Address -> Sockets.INET6;
            default -> Sockets.INET;
        };
    }

    /// Writes an address for a socket of its own family.
    ///
    /// @param at where to; there is room for [#MAX_BYTES]
    /// @return its length
    /// @throws SocketException if it is a path that is too long
    public static int write(SocketAddress address, long at) throws SocketException {
        return write(address, family(address), at);
    }

    /// Writes an address for a socket of that family: an IPv4 address for IPv6 sockets as `::ffff:a.b.c.d`.
    ///
    /// @return its length
    /// @throws SocketException if it is a path that is too long
    public static int write(SocketAddress address, int family, long at) throws SocketException {
        return switch (address) {
            case UnixDomainSocketAddress path -> writeUnix(path, at);
            case AbstractSocketAddress name -> writeAbstract(name, at);
            case InetSocketAddress internet when family == Sockets.INET6 -> writeInet6(internet, at);
            default -> writeInet((InetSocketAddress) address, at);
        };
    }

    private static int writeInet(InetSocketAddress address, long at) {
        Memory.zero(at, INET_BYTES);
        Memory.putShort(at, Sockets.INET);
        Memory.putNetworkShort(at + PORT, address.getPort());
        Memory.put(at + INET_ADDRESS, address.getAddress().getAddress());
        return INET_BYTES;
    }

    private static int writeInet6(InetSocketAddress address, long at) {
        Memory.zero(at, INET6_BYTES);
        Memory.putShort(at, Sockets.INET6);
        Memory.putNetworkShort(at + PORT, address.getPort());
        writeInet6(address.getAddress(), at + INET6_ADDRESS);
        if (address.getAddress() instanceof Inet6Address scoped) {
            Memory.putInt(at + INET6_SCOPE, scoped.getScopeId());
        }
        return INET6_BYTES;
    }

    /// Writes an address of IPv4, whose 4 bytes lie at `octets`.
    ///
    /// @return its length
    static int writeInet(long octets, int port, long at) {
        Memory.zero(at, INET_BYTES);
        Memory.putShort(at, Sockets.INET);
        Memory.putNetworkShort(at + PORT, port);
        Memory.putInt(at + INET_ADDRESS, Memory.getInt(octets));
        return INET_BYTES;
    }

    /// Writes an address of IPv6, whose 16 bytes lie at `octets`. One of the network alone that an interface is on
    /// (RFC 4291 §2.5.6) means nothing without that interface.
    ///
    /// @return its length
    static int writeInet6(long octets, int networkInterface, int port, long at) {
        Memory.zero(at, INET6_BYTES);
        Memory.putShort(at, Sockets.INET6);
        Memory.putNetworkShort(at + PORT, port);
        Memory.putLong(at + INET6_ADDRESS, Memory.getLong(octets));
        Memory.putLong(at + INET6_ADDRESS + Long.BYTES, Memory.getLong(octets + Long.BYTES));
        boolean ofLink = (Memory.getNetworkShort(octets) & LINK_LOCAL_MASK) == LINK_LOCAL;
        Memory.putInt(at + INET6_SCOPE, ofLink ? networkInterface : 0);
        return INET6_BYTES;
    }

    /// Writes 16 bytes, of an IPv4 address as `::ffff:a.b.c.d`.
    static void writeInet6(InetAddress address, long at) {
        Memory.zero(at, 16);
        byte[] octets = address.getAddress();
        if (octets.length == 4) {
            Memory.putShort(at + 10, 0xffff);
            Memory.put(at + 12, octets);
        } else {
            Memory.put(at, octets);
        }
    }

    private static int writeUnix(UnixDomainSocketAddress address, long at) throws SocketException {
        byte[] path = address.getPath().toString().getBytes(StandardCharsets.UTF_8);
        if (path.length > PATH_MAX_BYTES) {
            throw new SocketException("the path " + address + " has " + path.length + " bytes; a UNIX socket's has "
                    + PATH_MAX_BYTES + " at most: choose a shorter one");
        }
        Memory.zero(at, UNIX_PATH + PATH_MAX_BYTES + 1);
        Memory.putShort(at, Sockets.UNIX);
        Memory.put(at + UNIX_PATH, path);
        return UNIX_PATH + path.length + 1;
    }

    /// A zero comes before the name, and none after it: its length tells where it ends (unix(7)).
    private static int writeAbstract(AbstractSocketAddress address, long at) throws SocketException {
        byte[] name = address.name().getBytes(StandardCharsets.UTF_8);
        if (name.length > PATH_MAX_BYTES) {
            throw new SocketException("the name " + address + " has " + name.length + " bytes; an abstract one has "
                    + PATH_MAX_BYTES + " at most: choose a shorter one");
        }
        Memory.putShort(at, Sockets.UNIX);
        Memory.putByte(at + UNIX_PATH, 0);
        Memory.put(at + UNIX_PATH + 1, name);
        return UNIX_PATH + 1 + name.length;
    }

    /// Reads an address that the kernel has written.
    ///
    /// @param length how long it says that it is
    public static SocketAddress read(long at, int length) {
        if (length < Short.BYTES) {
            return UnixDomainSocketAddress.of("");
        }
        return switch (Memory.getShort(at)) {
            case Sockets.INET -> internet(at, new byte[4], INET_ADDRESS, 0);
            case Sockets.INET6 -> internet(at, new byte[16], INET6_ADDRESS, Memory.getInt(at + INET6_SCOPE));
            default -> unix(at, length);
        };
    }

    private static InetSocketAddress internet(long at, byte[] octets, int addressOffset, int scope) {
        Memory.get(at + addressOffset, octets);
        return new InetSocketAddress(address(octets, scope), Memory.getNetworkShort(at + PORT));
    }

    private static InetAddress address(byte[] octets, int scope) {
        try {
            // Of the mapped form it makes an IPv4 address, which is what the peer is.
            return scope == 0 ? InetAddress.getByAddress(octets) : Inet6Address.getByAddress(null, octets, scope);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static SocketAddress unix(long at, int length) {
        if (length > UNIX_PATH + 1 && Memory.getByte(at + UNIX_PATH) == 0) {
            return new AbstractSocketAddress(text(at + UNIX_PATH + 1, length - UNIX_PATH - 1));
        }
        int end = UNIX_PATH;
        while (end < length && Memory.getByte(at + end) != 0) {
            end++;
        }
        return UnixDomainSocketAddress.of(text(at + UNIX_PATH, end - UNIX_PATH));
    }

    private static String text(long at, int length) {
        var bytes = new byte[length];
        Memory.get(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
