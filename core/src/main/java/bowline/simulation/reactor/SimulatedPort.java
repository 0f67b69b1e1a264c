package bowline.simulation.reactor;

import bowline.failure.Failure;
import bowline.protocol.TransportLimits;
import bowline.reactor.loop.Accepted;
import bowline.reactor.loop.Listening;
import bowline.reactor.loop.Loop;
import bowline.reactor.loop.StreamConnection;
import bowline.reactor.loop.StreamPort;
import bowline.simulation.net.ListenSocket;
import bowline.simulation.net.StreamSocket;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A listening socket on a simulated host.
final class SimulatedPort extends StreamPort implements Handler {
    private final SimulatedReactor reactor;
    private final Listening listening;
    private @Nullable ListenSocket socket;
    private boolean wanted;

    SimulatedPort(SimulatedReactor reactor, Listening listening) {
        super(listening);
        this.reactor = reactor;
        this.listening = listening;
    }

    /// A socket that has no loop yet.
    private record AcceptedSocket(StreamSocket socket, TransportLimits limits) implements Accepted {
        @Override
        public StreamConnection on(Loop loop) {
            return SimulatedConnection.on((SimulatedReactor) loop, socket, limits);
        }

        @Override
        public void close() {
            socket.close(false);
        }
    }

    @Override
    protected SocketAddress bind(SocketAddress address, int backlog) throws IOException {
        if (listening.reusePort()) {
            throw new IOException("a simulated system does not share ports (SO_REUSEPORT)");
        }
        ListenSocket opened = reactor.platform().node().listen(address, backlog);
        socket = opened;
        reactor.add(this);
        opened.watch(() -> reactor.changed(this));
        return opened.local();
    }

    @Override
    protected void accepting(boolean on) {
        wanted = on;
        reactor.changed(this);
    }

    @Override
    public boolean isReady() {
        return wanted && socket != null && socket.canAccept();
    }

    @Override
    public void ready() {
        acceptReady();
    }

    @Override
    protected @Nullable Accepted accept() throws IOException {
        StreamSocket accepted = socket == null ? null : socket.accept();
        return accepted == null ? null : new AcceptedSocket(accepted, listening.limits());
    }

    @Override
    protected boolean refuse() throws IOException {
        StreamSocket accepted = socket == null ? null : socket.accept();
        if (accepted == null) {
            return false;
        }
        accepted.close(false);
        return true;
    }

    @Override
    protected void unwatch() {
        reactor.remove(this);
    }

    @Override
    protected void close() {
        reactor.remove(this);
        if (socket != null) {
            socket.close();
        }
        socket = null;
    }

    @Override
    public void disconnected(Failure reason) {
        disconnected();
    }
}
