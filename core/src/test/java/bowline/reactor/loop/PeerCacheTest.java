package bowline.reactor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import bowline.protocol.Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/// The memory of a datagram port for its peers.
class PeerCacheTest {
    private final PeerCache cache =
            new PeerCache(SocketAddresses::socket, socket -> SocketAddresses.udp((InetSocketAddress) socket));

    private static InetSocketAddress socket(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    @Test
    void remembersBothWays() {
        InetSocketAddress socket = socket("192.0.2.1", 7);
        Address address = cache.address(socket);

        assertEquals(new Address.IPv4(Address.Carrier.UDP, "192.0.2.1", 7), address);
        assertSame(address, cache.address(socket("192.0.2.1", 7)));
        assertSame(socket, cache.socket(new Address.IPv4(Address.Carrier.UDP, "192.0.2.1", 7)));
    }

    @Test
    void isRightForMoreThanItHolds() {
        for (int round = 0; round < 2; round++) {
            for (int port = 1; port <= 5000; port++) {
                Address address = cache.address(socket("192.0.2.1", port));
                assertEquals(new Address.IPv4(Address.Carrier.UDP, "192.0.2.1", port), address);
                assertEquals(socket("192.0.2.1", port), cache.socket(address));
            }
        }
    }

    /// What a program calls a peer is not what the peer is called to others.
    @Test
    void doesNotTakeOverWhatAProgramWrote() {
        assertEquals(socket("192.0.2.1", 7), cache.socket(new Address.Hostname("192.0.2.1", 7)));
        assertEquals(new Address.IPv4(Address.Carrier.UDP, "192.0.2.1", 7), cache.address(socket("192.0.2.1", 7)));
    }

    /// The platform calls them equal.
    @Test
    void tellsScopesApart() throws Exception {
        byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
        for (int scope = 1; scope <= 2; scope++) {
            var socket = new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, scope), 7);
            Address address = cache.address(socket);
            assertEquals(new Address.IPv6(Address.Carrier.UDP, "fe80::1", 7, 0, scope), address);
            assertEquals(scope, ((Inet6Address) ((InetSocketAddress) cache.socket(address)).getAddress()).getScopeId());
        }
    }
}
