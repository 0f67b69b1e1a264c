package bowline.reactor.loop;

import bowline.protocol.Address;
import bowline.protocol.CannotListenError;
import bowline.reactor.ListenOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/// A port number on an address of this machine.
record TcpPlace(InetSocketAddress address) implements ListeningPlace {

    static TcpPlace of(int port, ListenOptions options) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        String host = options.networkInterface();
        try {
            return new TcpPlace(new InetSocketAddress(
                    host.isEmpty() ? InetAddress.ofLiteral("0.0.0.0") : InetAddress.getByName(host), port));
        } catch (UnknownHostException unknown) {
            throw new CannotListenError(
                    "tcp:" + port + " on " + host,
                    "there is no such address; give an address of this machine",
                    unknown);
        }
    }

    @Override
    public Address host(SocketAddress bound) {
        return SocketAddresses.stream(bound);
    }

    @Override
    public String kind() {
        return "TCP";
    }

    @Override
    public Object name(SocketAddress bound) {
        return ((InetSocketAddress) bound).getPort();
    }

    @Override
    public CannotListenError refused(IOException cause) {
        return ConnectFaults.listening("tcp", address, cause);
    }
}
