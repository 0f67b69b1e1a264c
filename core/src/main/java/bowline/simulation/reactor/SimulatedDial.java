package bowline.simulation.reactor;

import bowline.failure.Failure;
import bowline.reactor.loop.Attempt;
import bowline.simulation.net.Dial;
import bowline.simulation.net.StreamSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A connect on its way, and its result until the reactor has a turn for it.
final class SimulatedDial implements Handler {
    private final SimulatedReactor reactor;
    private final Attempt attempt;
    private @Nullable Dial dial;
    private @Nullable StreamSocket made;
    private @Nullable IOException refused;

    private SimulatedDial(SimulatedReactor reactor, Attempt attempt) {
        this.reactor = reactor;
        this.attempt = attempt;
    }

    /// Begins to connect.
    ///
    /// @return what hangs up
    static Runnable begin(SimulatedReactor reactor, SocketAddress remote, Attempt attempt) throws IOException {
        var handler = new SimulatedDial(reactor, attempt);
        SocketAddress local = attempt.local(remote);
        handler.dial = reactor.platform()
                .node()
                .connect((InetSocketAddress) local, remote, handler::connected, handler::failed);
        reactor.add(handler);
        return handler::hangUp;
    }

    private void connected(StreamSocket socket) {
        made = socket;
        reactor.changed(this);
    }

    private void failed(IOException why) {
        refused = why;
        reactor.changed(this);
    }

    private void hangUp() {
        reactor.remove(this);
        if (made != null) {
            made.close(false);
        } else if (dial != null) {
            dial.cancel();
        }
    }

    @Override
    public boolean isReady() {
        return made != null || refused != null;
    }

    @Override
    public void ready() {
        reactor.remove(this);
        if (made != null) {
            attempt.connected(SimulatedConnection.on(reactor, made, attempt.limits()));
        } else if (refused != null) {
            attempt.failed(refused);
        }
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
}
