package bowline.reactor.nio;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;

/// Which sockets belong to which addresses.
final class Families {

    private Families() {}

    static StandardProtocolFamily of(SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet)) {
            return StandardProtocolFamily.UNIX;
        }
        return internet.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
    }
}
