package bowline.linux.socket;

import bowline.linux.system.SocketAddressCodec;
import bowline.linux.system.SocketOptionName;
import bowline.linux.system.Sockets;
import bowline.protocol.Address;
import bowline.reactor.HeldPort;
import bowline.reactor.loop.SocketAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/// A socket that is bound, and watched by whoever holds it.
final class HeldSocket implements HeldPort {
    private static final int CLOSED = -1;

    private final Sockets sockets;
    private final Address host;
    private int descriptor;

    private HeldSocket(Sockets sockets, int descriptor, Address host) {
        this.sockets = sockets;
        this.descriptor = descriptor;
        this.host = host;
    }

    /// At a TCP port.
    static HeldSocket stream(Sockets sockets, InetSocketAddress where, int backlog) throws IOException {
        return made(sockets, Sockets.STREAM, where, socket -> {
            sockets.option(socket, SocketOptionName.REUSE_ADDRESS, 1); // LIS-2
            sockets.bind(socket, where);
            sockets.listen(socket, backlog);
            return SocketAddresses.tcp((InetSocketAddress) sockets.localAddress(socket));
        });
    }

    /// At a UDP port.
    static HeldSocket datagrams(Sockets sockets, InetSocketAddress where) throws IOException {
        return made(sockets, Sockets.DATAGRAM, where, socket -> {
            sockets.bind(socket, where);
            return SocketAddresses.udp((InetSocketAddress) sockets.localAddress(socket));
        });
    }

    /// What makes a new socket a port, and tells where it is.
    @FunctionalInterface
    private interface Taking {
        Address of(int socket) throws IOException;
    }

    private static HeldSocket made(Sockets sockets, int type, InetSocketAddress where, Taking taking)
            throws IOException {
        int family = SocketAddressCodec.family(where);
        int socket = sockets.open(family, type);
        try {
            sockets.dualStack(socket, family);
            return new HeldSocket(sockets, socket, taking.of(socket));
        } catch (IOException refused) {
            sockets.close(socket);
            throw refused;
        }
    }

    @Override
    public int fileno() {
        return descriptor;
    }

    @Override
    public Address host() {
        return host;
    }

    @Override
    public void blocking(boolean on) {
        try {
            sockets.blocking(descriptor, on);
        } catch (IOException closed) {
            throw new UncheckedIOException("the port " + host + " is closed", closed);
        }
    }

    @Override
    public void close() {
        if (descriptor != CLOSED) {
            sockets.close(descriptor);
            descriptor = CLOSED;
        }
    }

    @Override
    public String toString() {
        return "port " + host + " held for others";
    }
}
