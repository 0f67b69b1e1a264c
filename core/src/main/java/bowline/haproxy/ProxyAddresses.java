package bowline.haproxy;

import bowline.haproxy.message.ProxyAddress;
import bowline.haproxy.message.ProxyHeader;
import bowline.protocol.Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Between the addresses of headers and those of transports.
final class ProxyAddresses {
    private static final long MAPPED = 0xFFFF_0000_0000L;

    private ProxyAddresses() {}

    /// The address of a header, as one of a connection.
    static Address of(ProxyAddress address) {
        return switch (address) {
            case ProxyAddress.V4 v4 -> new Address.IPv4(Address.Carrier.TCP, v4.host(), v4.port());
            case ProxyAddress.V6 v6 -> new Address.IPv6(Address.Carrier.TCP, v6.host(), v6.port());
            case ProxyAddress.Unix(String path) ->
                new Address.Unix(
                        path.isEmpty()
                                ? null
                                : new String(path.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        };
    }

    /// A header for a connection from `source` to `destination`. Of two families, the one of IPv4 is written as
    /// IPv6; what a header cannot name is not named.
    static ProxyHeader header(int version, Address source, Address destination) {
        ProxyAddress from = of(source);
        ProxyAddress to = of(destination);
        if (from instanceof ProxyAddress.V4 v4 && to instanceof ProxyAddress.V6) {
            from = mapped(v4);
        } else if (from instanceof ProxyAddress.V6 && to instanceof ProxyAddress.V4 v4) {
            to = mapped(v4);
        }
        if (from == null || to == null || from.getClass() != to.getClass()) {
            return ProxyHeader.unknown(version);
        }
        boolean unsayable = version == 1 && from instanceof ProxyAddress.Unix;
        return unsayable ? ProxyHeader.unknown(version) : ProxyHeader.of(version, from, to);
    }

    private static ProxyAddress.V6 mapped(ProxyAddress.V4 v4) {
        return new ProxyAddress.V6(0, MAPPED | (v4.bits() & 0xFFFF_FFFFL), v4.port());
    }

    private static @Nullable ProxyAddress of(Address address) {
        return switch (address) {
            case Address.IPv4 v4 -> new ProxyAddress.V4(octets(v4.host()).getInt(), v4.port());
            case Address.IPv6 v6 -> v6(octets(v6.host()), v6.port());
            case Address.Unix unix -> unix(unix.host());
            case Address.Hostname _, Address.Pipe _, Address.Device _, Address.ChildProcess _ -> null;
        };
    }

    private static ProxyAddress.V6 v6(ByteBuffer octets, int port) {
        return new ProxyAddress.V6(octets.getLong(), octets.getLong(), port);
    }

    private static ByteBuffer octets(String host) {
        return ByteBuffer.wrap(InetAddress.ofLiteral(host).getAddress());
    }

    private static ProxyAddress.@Nullable Unix unix(String path) {
        String bytes = new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return bytes.length() > ProxyAddress.Unix.PATH_MAX_BYTES ? null : new ProxyAddress.Unix(bytes);
    }
}
