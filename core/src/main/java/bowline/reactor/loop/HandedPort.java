package bowline.reactor.loop;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A loop's part of a port that another loop accepts for: it has no socket, and builds what it is handed.
final class HandedPort extends StreamPort {
    private final Loop loop;

    HandedPort(Listening listening) {
        super(listening);
        loop = listening.loop();
    }

    @Override
    protected SocketAddress bind(SocketAddress address, int backlog) {
        loop.looseEnds().opened(this);
        return address;
    }

    @Override
    protected void accepting(boolean on) {
        // It is handed none when it does not listen.
    }

    @Override
    protected @Nullable Accepted accept() {
        return null;
    }

    @Override
    protected boolean refuse() {
        return false;
    }

    @Override
    protected void unwatch() {
        // Nothing looks for connections here.
    }

    @Override
    protected void close() {
        loop.looseEnds().closed(this);
    }
}
