package bowline.linux.socket;

import bowline.linux.system.SocketOptionName;
import bowline.linux.system.Sockets;
import bowline.protocol.DatagramProtocol;
import bowline.protocol.TransportLimits;
import bowline.reactor.DatagramOptions;
import bowline.reactor.HeldPort;
import bowline.reactor.ListenOptions;
import bowline.reactor.UnsupportedAddressFamily;
import bowline.reactor.loop.AdoptedSocket;
import bowline.reactor.loop.Adoption;
import bowline.reactor.loop.DatagramPort;
import bowline.reactor.loop.StreamConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;

/// Takes over sockets that the program brings (LIS-9): looks what they are, and copies them.
final class SocketAdoption implements Adoption {
    private static final Set<Integer> STREAMS = Set.of(Sockets.INET, Sockets.INET6, Sockets.UNIX);
    private static final Set<Integer> DATAGRAMS = Set.of(Sockets.INET, Sockets.INET6);

    private final DescriptorReactor reactor;
    private final Sockets sockets;

    SocketAdoption(DescriptorReactor reactor) {
        this.reactor = reactor;
        sockets = reactor.sockets();
    }

    @Override
    public AdoptedSocket port(int descriptor) {
        return copied(descriptor, copy -> {
            insistOn(Sockets.STREAM, copy, descriptor);
            insistOn(STREAMS, "IPv4, IPv6 and UNIX", copy, descriptor);
            if (sockets.option(copy, SocketOptionName.ACCEPTS) == 0) {
                throw refused(
                        descriptor,
                        "it does not listen; call listen on it first, or adopt a connected one with"
                                + " adoptStreamConnection");
            }
            return new AdoptedSocket(copy, sockets.localAddress(copy));
        });
    }

    @Override
    public StreamConnection connection(int descriptor, TransportLimits limits) {
        return copied(descriptor, copy -> {
            insistOn(Sockets.STREAM, copy, descriptor);
            insistOn(STREAMS, "IPv4, IPv6 and UNIX", copy, descriptor);
            if (sockets.option(copy, SocketOptionName.ACCEPTS) != 0) {
                throw refused(descriptor, "it listens and is no connection; adopt it with adoptStreamPort");
            }
            SocketAddress remote = sockets.remoteAddress(copy);
            StreamConnection connection = reactor.connection(copy, sockets.localAddress(copy), remote, limits);
            reactor.poller().hasCopies(copy);
            return connection;
        });
    }

    @Override
    public DatagramPort datagrams(int descriptor, DatagramProtocol protocol, DatagramOptions options) {
        return copied(descriptor, copy -> {
            insistOn(Sockets.DATAGRAM, copy, descriptor);
            insistOn(DATAGRAMS, "IPv4 and IPv6", copy, descriptor);
            var local = (InetSocketAddress) sockets.localAddress(copy);
            if (local.getPort() == 0) {
                throw refused(descriptor, "it is not bound to a UDP port; call bind on it first");
            }
            return new SocketDatagramPort(reactor, copy, local, protocol, options);
        });
    }

    @Override
    public HeldPort held(InetSocketAddress where, ListenOptions options) throws IOException {
        return HeldSocket.stream(sockets, where, options.backlog());
    }

    @Override
    public HeldPort held(InetSocketAddress where, DatagramOptions options) throws IOException {
        return HeldSocket.datagrams(sockets, where);
    }

    /// What is made of a copy that does not block.
    @FunctionalInterface
    private interface Making<T> {
        T of(int copy) throws IOException;
    }

    private <T> T copied(int descriptor, Making<T> making) {
        int copy;
        try {
            copy = sockets.duplicate(descriptor);
        } catch (IOException closed) {
            throw refused(descriptor, closed.getMessage() + "; is it open?", closed);
        }
        boolean made = false;
        try {
            sockets.unblock(copy);
            T result = making.of(copy);
            made = true;
            return result;
        } catch (IOException broken) {
            throw refused(descriptor, String.valueOf(broken.getMessage()), broken);
        } finally {
            if (!made) {
                sockets.close(copy);
            }
        }
    }

    private void insistOn(int type, int copy, int descriptor) throws IOException {
        int present = sockets.option(copy, SocketOptionName.TYPE);
        if (present != type) {
            throw refused(
                    descriptor,
                    present == Sockets.STREAM
                            ? "it is a stream socket; adopt it with adoptStreamPort or adoptStreamConnection"
                            : present == Sockets.DATAGRAM
                                    ? "it is a socket of datagrams; adopt it with adoptDatagramPort"
                                    : "it is a socket of type " + present
                                            + " (see <sys/socket.h>), which is not known here");
        }
    }

    private void insistOn(Set<Integer> families, String names, int copy, int descriptor) throws IOException {
        int family = sockets.option(copy, SocketOptionName.FAMILY);
        if (!families.contains(family)) {
            throw new UnsupportedAddressFamily(descriptor, family, names);
        }
    }

    private static IllegalArgumentException refused(int descriptor, String why) {
        return new IllegalArgumentException("descriptor " + descriptor + " cannot be adopted: " + why);
    }

    private static IllegalArgumentException refused(int descriptor, String why, IOException cause) {
        return new IllegalArgumentException("descriptor " + descriptor + " cannot be adopted: " + why, cause);
    }
}
