package bowline.simulation.net;

import bowline.simulation.fate.FaultKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connect under way: asks, asks again when nothing is heard, and gives up after two minutes as TCP does.
public final class Dial {
    /// How often a connect that hears nothing is sent again; the waits double, from one second.
    private static final int RESENDS_MAX = 6;

    private static final long FIRST_WAIT_NANOS = 1_000_000_000;

    /// How soon one at a full UNIX socket tries again.
    private static final long LOCAL_WAIT_NANOS = 10_000_000;

    /// How long the network looks for an address that nobody has.
    private static final long NO_ROUTE_NANOS = 3_000_000_000L;

    private final Network network;
    private final Node from;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final Consumer<StreamSocket> connected;
    private final Consumer<IOException> failed;
    private int resends;
    private boolean over;

    Dial(
            Network network,
            Node from,
            SocketAddress local,
            SocketAddress remote,
            Consumer<StreamSocket> connected,
            Consumer<IOException> failed) {
        this.network = network;
        this.from = from;
        this.local = local;
        this.remote = remote;
        this.connected = connected;
        this.failed = failed;
    }

    /// Begins. `to` is null if nobody has the address.
    void begin(@Nullable Node to) {
        from.add(this);
        if (to == null) {
            network.agenda().after(NO_ROUTE_NANOS, () -> fail(new NoRouteToHostException("No route to host")));
            return;
        }
        Path there = network.path(from, to);
        boolean unanswered = network.fate()
                .draws(FaultKind.BLACK_HOLE, from.name() + ">" + to.name())
                .strikes(there.link().blackHoles());
        if (unanswered) {
            network.traceLost(from, to, "connect", 0, network.describe(remote));
            network.traceLost(from, to, "black hole", 0, "");
            giveUpAfter((1L << (RESENDS_MAX + 1)) * FIRST_WAIT_NANOS - FIRST_WAIT_NANOS);
        } else {
            ask(to, there, "connect");
        }
    }

    private void ask(Node to, Path there, String what) {
        if (over) {
            return;
        }
        if (there.isOpen()) {
            long arrives = there.arrivalOfSegment(0);
            network.trace(from, to, what, 0, network.describe(remote), there.leaves(), arrives);
            network.agenda().at(arrives, () -> arrive(to, there));
        } else {
            network.traceLost(from, to, what, 0, network.describe(remote));
            askAgain(to, there);
        }
    }

    private void askAgain(Node to, Path there) {
        if (resends >= RESENDS_MAX && isRemote(to)) {
            giveUpAfter(FIRST_WAIT_NANOS << resends);
            return;
        }
        long wait = isRemote(to) ? FIRST_WAIT_NANOS << resends : LOCAL_WAIT_NANOS;
        resends++;
        network.agenda().after(wait, () -> ask(to, there, "connect again"));
    }

    private boolean isRemote(Node to) {
        return to != from;
    }

    private void giveUpAfter(long nanos) {
        network.agenda().after(nanos, () -> fail(new ConnectException("Connection timed out")));
    }

    private void arrive(Node to, Path there) {
        if (over) {
            return;
        }
        ListenSocket port = to.listenerAt(remote);
        boolean refused = network.fate()
                .draws(FaultKind.REFUSAL, from.name() + ">" + to.name())
                .strikes(there.link().refusals());
        if (!there.isOpen()) {
            askAgain(to, there);
        } else if (port == null || refused) {
            network.signal(to, from, () -> fail(new ConnectException("Connection refused")));
        } else if (port.expect()) {
            meet(to, port);
        } else {
            network.trace(to, "backlog full", "");
            askAgain(to, there);
        }
    }

    private void meet(Node to, ListenSocket port) {
        StreamSocket[] ends = StreamSocket.pair(network, from, local, to, remote, network.nextConnection());
        long now = network.agenda().now();
        long answered = network.path(to, from).arrivalOfSignal();
        long confirmed = answered + network.path(from, to).arrivalOfSignal() - now;
        network.trace(ends[1], ends[0], "answer", "", now, answered);
        ends[0].notBefore(answered);
        ends[1].notBefore(confirmed);
        network.agenda().at(answered, () -> succeed(ends[0], ends[1], confirmed));
        network.agenda().at(confirmed, () -> port.come(ends[1]));
    }

    private void succeed(StreamSocket socket, StreamSocket peer, long confirmed) {
        if (over) {
            socket.close(true);
            return;
        }
        end();
        socket.held();
        network.trace(socket, peer, "connected", "", network.agenda().now(), confirmed);
        connected.accept(socket);
    }

    private void fail(IOException why) {
        if (over) {
            return;
        }
        end();
        from.giveDescriptor();
        network.trace(from, "not connected", network.describe(remote) + ": " + why.getMessage());
        failed.accept(why);
    }

    /// Hangs up: nothing more is heard of it.
    public void cancel() {
        if (!over) {
            end();
            from.giveDescriptor();
        }
    }

    /// The host has no power any more.
    void vanish() {
        end();
    }

    private void end() {
        over = true;
        from.remove(this);
    }
}
