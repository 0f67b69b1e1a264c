package bowline.reactor.loop;

import bowline.reactor.Reactor;
import bowline.reactor.Reactor.SystemEventTrigger;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A loop's part of a port that another loop accepts for: it has no socket, and builds what it is handed.
final class HandedPort extends StreamPort {
    private final Loop loop;
    private @Nullable SystemEventTrigger atEnd;

    HandedPort(Listening listening) {
        super(listening);
        loop = listening.loop();
    }

    /// No backend knows of this port, so it looks itself for the end of the reactor (REA-9).
    @Override
    protected SocketAddress bind(SocketAddress address, int backlog) {
        atEnd = loop.addSystemEventTrigger(Reactor.Phase.DURING, "shutdown", () -> {
            atEnd = null;
            disconnected();
        });
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
        if (atEnd != null) {
            loop.removeSystemEventTrigger(atEnd);
            atEnd = null;
        }
    }
}
