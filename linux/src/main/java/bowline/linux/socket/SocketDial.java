package bowline.linux.socket;

import bowline.failure.Failure;
import bowline.linux.system.Errno;
import bowline.linux.system.SocketAddressCodec;
import bowline.linux.system.Sockets;
import bowline.reactor.loop.Attempt;
import bowline.reactor.loop.Redial;
import bowline.reactor.loop.StreamConnection;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A socket on its way to be connected.
final class SocketDial implements DescriptorHandler {
    private final DescriptorReactor reactor;
    private final SocketAddress remote;
    private final Attempt attempt;
    private final int socket;
    private boolean over;

    private SocketDial(DescriptorReactor reactor, SocketAddress remote, Attempt attempt, int socket) {
        this.reactor = reactor;
        this.remote = remote;
        this.attempt = attempt;
        this.socket = socket;
    }

    /// Begins to connect.
    ///
    /// @return what hangs up
    static Runnable begin(DescriptorReactor reactor, SocketAddress remote, Attempt attempt) throws IOException {
        return Redial.begin(reactor, attempt, () -> dial(reactor, remote, attempt));
    }

    /// @return what hangs up; null if the queue of a UNIX socket is full
    private static @Nullable Runnable dial(DescriptorReactor reactor, SocketAddress remote, Attempt attempt)
            throws IOException {
        SocketAddress local = attempt.local(remote);
        int socket = reactor.sockets().open(SocketAddressCodec.family(remote), Sockets.STREAM);
        var dial = new SocketDial(reactor, remote, attempt, socket);
        reactor.poller().own(socket, dial);
        try {
            return dial.connect(local) ? dial::hangUp : null;
        } catch (IOException | RuntimeException failed) {
            dial.hangUp();
            throw failed;
        }
    }

    /// @return false if there is no room; it has hung up then
    private boolean connect(@Nullable SocketAddress local) throws IOException {
        if (local != null) {
            reactor.sockets().bind(socket, local);
        }
        long result = reactor.sockets().connect(socket, remote);
        if (Errno.EAGAIN.is(result)) {
            hangUp();
            return false;
        }
        if (!Errno.EINPROGRESS.is(result) && !Errno.EINTR.is(result)) {
            Errno.check(result);
        }
        // A connected socket can be written, so it is reported as ready even if that is done already.
        reactor.poller().watch(socket, 0, Poller.OUT);
        return true;
    }

    @Override
    public void ready(int events) {
        StreamConnection connection;
        try {
            Sockets sockets = reactor.sockets();
            Errno.check(sockets.takeError(socket));
            reactor.poller().watch(socket, Poller.OUT, 0);
            connection = reactor.connection(socket, sockets.localAddress(socket), remote, attempt.limits());
            over = true;
        } catch (IOException refused) {
            hangUp();
            attempt.failed(refused);
            return;
        }
        attempt.connected(connection);
    }

    @Override
    public void disconnected(Failure reason) {
        hangUp();
        attempt.failed(reason);
    }

    @Override
    public String toString() {
        return attempt.toString();
    }

    private void hangUp() {
        if (!over) {
            over = true;
            reactor.close(socket);
        }
    }
}
