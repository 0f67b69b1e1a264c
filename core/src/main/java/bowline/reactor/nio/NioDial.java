package bowline.reactor.nio;

import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import bowline.reactor.loop.Attempt;
import bowline.reactor.loop.Redial;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A socket channel on its way to be connected.
final class NioDial implements NioHandler {
    private static final Logger log = Logger.of(Reactor.class);

    private final NioReactor reactor;
    private final SocketChannel channel;
    private final Attempt attempt;

    private NioDial(NioReactor reactor, SocketChannel channel, Attempt attempt) {
        this.reactor = reactor;
        this.channel = channel;
        this.attempt = attempt;
    }

    /// Begins to connect.
    ///
    /// @return what hangs up
    static Runnable begin(NioReactor reactor, SocketAddress remote, Attempt attempt) throws IOException {
        return Redial.begin(reactor, attempt, () -> dial(reactor, remote, attempt));
    }

    /// @return what hangs up; null if the queue of a UNIX socket is full
    private static @Nullable Runnable dial(NioReactor reactor, SocketAddress remote, Attempt attempt)
            throws IOException {
        var channel = SocketChannel.open(Families.of(remote));
        var dial = new NioDial(reactor, channel, attempt);
        try {
            channel.configureBlocking(false);
            SocketAddress local = attempt.local(remote);
            if (local != null) {
                channel.bind(local);
            }
            boolean connected = channel.connect(remote);
            // A connected socket can be written, so it is reported as ready even then.
            channel.register(reactor.selector(), connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, dial);
        } catch (IOException | RuntimeException failed) {
            dial.hangUp();
            if (remote instanceof UnixDomainSocketAddress && isForLackOfRoom(failed)) {
                return null;
            }
            throw failed;
        }
        return dial::hangUp;
    }

    /// What the system says for `EAGAIN`.
    private static boolean isForLackOfRoom(Exception refusal) {
        return Failure.of(refusal).message().contains("temporarily unavailable");
    }

    @Override
    public void ready(SelectionKey key, int operations) {
        NioConnection connection;
        try {
            channel.finishConnect();
            key.interestOps(0);
            connection = NioConnection.on(reactor, channel, key, attempt.limits());
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
        try {
            channel.close();
        } catch (IOException broken) {
            log.debug("hanging up failed: {reason}", broken);
        }
    }
}
