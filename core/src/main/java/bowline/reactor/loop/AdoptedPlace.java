package bowline.reactor.loop;

import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/// Where a socket listens that the program brought: who made it keeps its place in order (LIS-9).
record AdoptedPlace(SocketAddress address) implements ListeningPlace {

    @Override
    public Address host(SocketAddress bound) {
        return SocketAddresses.stream(bound);
    }

    @Override
    public String kind() {
        return address instanceof InetSocketAddress ? "TCP" : "UNIX";
    }

    @Override
    public Object name(SocketAddress bound) {
        return bound instanceof InetSocketAddress internet ? internet.getPort() : bound;
    }

    @Override
    public CannotListenError refused(IOException cause) {
        return switch (address) {
            case InetSocketAddress internet -> ConnectFaults.listening("tcp", internet, cause);
            case AbstractSocketAddress name -> ConnectFaults.listening(name, cause);
            default -> ConnectFaults.listening(((UnixDomainSocketAddress) address).getPath(), cause);
        };
    }
}
