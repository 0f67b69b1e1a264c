package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ConnectError;
import bowline.reactor.UnixDatagramPort;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A UNIX socket of datagrams (UNX-8); a backend fills in the system calls. It is bound to a place of its own, or
/// connected to a peer, or both.
public abstract class UnixPacketPort extends PacketPort implements UnixDatagramPort {
    /// The system sends what fits its buffer, of some 200 KiB unless that was changed; beyond this it is not asked.
    private static final int LENGTH_MAX_BYTES = 16 << 20;

    private final @Nullable ListeningPlace place;
    private final Address.@Nullable Unix remote;

    /// A port that is not open yet.
    protected UnixPacketPort(UnixPackets wanted) {
        super(wanted.loop(), wanted.protocol(), wanted.options().packetMaxBytes());
        place = wanted.place();
        remote = wanted.remote();
        if (remote != null) {
            UnixPackets.socket(remote); // refuses what is no address
        }
    }

    // System calls

    /// Opens a socket, and binds it unless `local` is null; without reading yet.
    protected abstract void open(@Nullable SocketAddress local) throws IOException;

    /// Fixes the peer.
    protected abstract void connect(SocketAddress to) throws IOException;

    /// Forgets what waits to be read.
    protected abstract void discard() throws IOException;

    // Life

    @Override
    public final void startListening() {
        loop.check("UnixDatagramPort.startListening");
        if (listening) {
            return;
        }
        try {
            take();
        } catch (IOException refused) {
            close();
            left();
            fail(refused);
            return;
        }
        begin();
    }

    private void take() throws IOException {
        ListeningPlace own = place;
        if (own != null) {
            own.prepare();
        }
        open(own == null ? null : own.address());
        boolean unwelcome = own != null && own.taken();
        if (remote != null) {
            reach(remote);
        }
        if (unwelcome) {
            discard(); // those who sent it may not, by the mode that was asked for
        }
    }

    private void reach(Address.Unix peer) throws ConnectError {
        SocketAddress to = UnixPackets.socket(peer);
        try {
            connect(to);
        } catch (IOException refused) {
            throw ConnectFaults.connecting(peer, refused);
        }
        connected(to);
    }

    /// One that was to be bound cannot be; one that was to be connected tells its protocol (UNX-8).
    private void fail(IOException cause) {
        if (remote == null && place != null) {
            throw place.refused(cause);
        }
        Failure why = Failure.of(cause instanceof ConnectError || place == null ? cause : place.refused(cause));
        loop.soon(() -> loop.guarded(() -> protocol().connectionFailed(why)));
    }

    @Override
    final void left() {
        connected(null);
        if (place != null) {
            place.left();
        }
    }

    // What is of UNIX sockets

    @Override
    final SocketAddress target(Address address) {
        return UnixPackets.socket(address);
    }

    @Override
    final Address address(SocketAddress socket) {
        return SocketAddresses.stream(socket);
    }

    /// The system hears the peer alone, by whatever path each of us calls it.
    @Override
    final boolean isFrom(SocketAddress sender, SocketAddress peer) {
        return true;
    }

    @Override
    final String kind() {
        return "UNIX datagram";
    }

    @Override
    final Object place() {
        return place == null ? host() : place.name(place.address());
    }

    @Override
    final int lengthMaxBytes() {
        return LENGTH_MAX_BYTES;
    }

    @Override
    public final Address host() {
        return place == null ? new Address.Unix(null) : place.host(place.address());
    }

    @Override
    public final void connect(String host, int port) {
        throw new UnsupportedOperationException(
                this + " has no host and port to be connected to; open it by Reactor.connectUnixDatagram");
    }

    @Override
    public final boolean broadcastAllowed() {
        return false;
    }

    @Override
    public final void broadcastAllowed(boolean on) {
        if (on) {
            throw new UnsupportedOperationException(this + " has nobody to broadcast to; that is of UDP");
        }
    }
}
