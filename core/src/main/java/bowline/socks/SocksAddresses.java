package bowline.socks;

import bowline.endpoint.HostName;
import bowline.endpoint.LiteralAddress;
import bowline.protocol.Address;
import bowline.socks.message.SocksAddress;
import bowline.socks.message.SocksHost;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// Between the addresses of SOCKS, ours and the platform's.
final class SocksAddresses {
    private SocksAddresses() {}

    /// An end of a connection as SOCKS says it; [SocksAddress#NONE] if it cannot.
    static SocksAddress of(Address address) {
        return switch (address) {
            case Address.IPv4 v4 -> new SocksAddress(of(InetAddress.ofLiteral(v4.host())), v4.port());
            case Address.IPv6 v6 -> new SocksAddress(of(InetAddress.ofLiteral(v6.host())), v6.port());
            case Address.Hostname _, Address.Unix _, Address.Pipe _, Address.Device _, Address.ChildProcess _ ->
                SocksAddress.NONE;
        };
    }

    private static SocksHost of(InetAddress address) {
        return address instanceof Inet4Address
                ? SocksHost.V4.of(address.getAddress())
                : SocksHost.V6.of(address.getAddress());
    }

    /// Where a program wants to go: an address as it is, a name in ASCII (RES-7).
    ///
    /// @throws IllegalArgumentException if it is neither
    static SocksAddress of(String host, int port) {
        if (!LiteralAddress.isLiteral(host)) {
            return new SocksAddress(new SocksHost.Name(HostName.toAscii(host)), port);
        }
        if (host.indexOf('%') >= 0) {
            throw new IllegalArgumentException(
                    "\"" + host + "\" has a zone, which means nothing to a proxy; leave out what follows the %");
        }
        return new SocksAddress(of(InetAddress.ofLiteral(host)), port);
    }

    /// The address that `host` is, whichever way it is written; null if it is a name that must be looked up.
    static @Nullable InetAddress literal(SocksHost host) {
        return switch (host) {
            case SocksHost.V4 v4 -> address(v4.octets());
            case SocksHost.V6 v6 -> address(v6.octets());
            case SocksHost.Name(String name) -> {
                try {
                    yield InetAddress.ofLiteral(name);
                } catch (IllegalArgumentException aName) {
                    yield null;
                }
            }
        };
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(octets.length + " octets are no address", impossible);
        }
    }
}
