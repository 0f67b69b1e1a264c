package bowline.linux.socket;

import bowline.failure.Failure;
import bowline.linux.system.SocketAddressCodec;
import bowline.linux.system.SocketOptionName;
import bowline.linux.system.Sockets;
import bowline.reactor.InheritedPorts;
import bowline.reactor.loop.Accepted;
import bowline.reactor.loop.Listening;
import bowline.reactor.loop.StreamPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A listening socket.
final class SocketPort extends StreamPort implements DescriptorHandler, HandedSocket {
    private final DescriptorReactor reactor;
    private final Listening listening;
    private final DescriptorBinding binding;
    private @Nullable SocketAddress local;
    private boolean accepting;
    private int adopted;

    SocketPort(DescriptorReactor reactor, Listening listening) {
        super(listening);
        this.reactor = reactor;
        this.listening = listening;
        binding = new DescriptorBinding(reactor);
        adopted = listening.adopted();
    }

    @Override
    protected SocketAddress bind(SocketAddress address, int backlog) throws IOException {
        if (adopted == Listening.NOT_ADOPTED) {
            open(address, backlog);
            reactor.handover().opened(this);
        } else {
            binding.opened(adopted);
            adopted = Listening.NOT_ADOPTED;
        }
        return watched();
    }

    @Override
    protected @Nullable SocketAddress inherit(SocketAddress address) throws IOException {
        int descriptor = adopted == Listening.NOT_ADOPTED ? reactor.handover().take(name()) : InheritedPorts.NONE;
        if (descriptor == InheritedPorts.NONE) {
            return null;
        }
        binding.opened(descriptor);
        reactor.handover().opened(this);
        return watched();
    }

    private SocketAddress watched() throws IOException {
        binding.watchFor(this);
        SocketAddress bound = reactor.sockets().localAddress(binding.descriptor());
        local = bound;
        return bound;
    }

    @Override
    public String name() {
        return SocketHandover.name("tcp", wanted());
    }

    @Override
    public int descriptor() throws IOException {
        return binding.descriptor();
    }

    private void open(SocketAddress address, int backlog) throws IOException {
        Sockets sockets = reactor.sockets();
        int family = SocketAddressCodec.family(address);
        int socket = sockets.open(family, Sockets.STREAM);
        binding.opened(socket);
        sockets.dualStack(socket, family);
        if (family != Sockets.UNIX) {
            sockets.option(socket, SocketOptionName.REUSE_ADDRESS, 1); // LIS-2
        }
        if (listening.reusePort()) {
            sockets.option(socket, SocketOptionName.REUSE_PORT, 1);
        }
        sockets.bind(socket, address);
        sockets.listen(socket, backlog);
    }

    @Override
    protected void accepting(boolean on) {
        try {
            if (accepting != on) {
                reactor.watchPort(binding.descriptor(), accepting, on);
                accepting = on;
            }
        } catch (IOException full) {
            throw new UncheckedIOException("the port cannot be watched", full);
        }
    }

    @Override
    protected @Nullable Accepted accept() throws IOException {
        int accepted = reactor.accept(binding.descriptor());
        if (accepted < 0) {
            return null;
        }
        SocketAddress remote = reactor.sockets().lastAddress();
        return new AcceptedSocket(accepted, localOf(accepted), remote, listening.limits());
    }

    /// A connection has the port's own address, unless that is all of the machine's.
    private SocketAddress localOf(int accepted) throws IOException {
        SocketAddress ports = Objects.requireNonNull(local, "local");
        boolean any = ports instanceof InetSocketAddress internet
                && internet.getAddress().isAnyLocalAddress();
        try {
            return any ? reactor.sockets().localAddress(accepted) : ports;
        } catch (IOException broken) {
            reactor.sockets().close(accepted);
            throw broken;
        }
    }

    @Override
    protected boolean refuse() throws IOException {
        int accepted = reactor.accept(binding.descriptor());
        if (accepted < 0) {
            return false;
        }
        reactor.sockets().close(accepted);
        return true;
    }

    @Override
    protected void unwatch() throws IOException {
        reactor.leavePort(binding.descriptor(), accepting);
        accepting = false;
    }

    @Override
    protected void close() {
        reactor.handover().closed(this);
        binding.close();
        accepting = false;
    }

    @Override
    public void ready(int events) {
        acceptReady();
    }

    @Override
    public void disconnected(Failure reason) {
        disconnected();
    }
}
