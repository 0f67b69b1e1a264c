package bowline.testing;

import bowline.protocol.ConnectionAborted;
import bowline.protocol.ConnectionLost;
import bowline.protocol.Protocol;
import bowline.time.Clock;

/// Two protocols connected to each other in memory, whose bytes move when the test says so (TST-4).
///
///     var loopback = Loopback.connect(new PoetryClient(), new PoetryServer());
///     loopback.flush();
///
/// A side that closes is told when what it wrote has been delivered; the other side hears of it then
/// too. A side that aborts loses what it wrote, and the other side gets [ConnectionLost].
public final class Loopback {
    /// After so many moves without an end two protocols are taken to talk for ever.
    private static final int MOVES_MAX = 100_000;

    private final MemoryTransport client;
    private final MemoryTransport server;

    private Loopback(MemoryTransport client, MemoryTransport server) {
        this.client = client;
        this.server = server;
    }

    /// Connects two protocols, the server's first. Nothing has moved yet.
    public static Loopback connect(Protocol client, Protocol server) {
        return connect(client, server, new ManualClock());
    }

    /// Connects two protocols that live on `clock`.
    public static Loopback connect(Protocol client, Protocol server, Clock clock) {
        var serverEnd = new MemoryTransport(clock);
        var clientEnd = new MemoryTransport(clock).peer(serverEnd.host()).host(serverEnd.peer());
        serverEnd.connectTo(server);
        clientEnd.connectTo(client);
        return new Loopback(clientEnd, serverEnd);
    }

    /// The client's transport.
    public MemoryTransport client() {
        return client;
    }

    /// The server's transport.
    public MemoryTransport server() {
        return server;
    }

    /// Moves what each side has written so far to the other, and ends what is to be ended.
    ///
    /// @return whether anything happened
    public boolean pump() {
        byte[] toServer = client.take();
        byte[] toClient = server.take();
        boolean moved = deliver(toServer, server);
        moved |= deliver(toClient, client);
        moved |= client.askForMore();
        moved |= server.askForMore();
        moved |= end(client, server);
        moved |= end(server, client);
        return moved;
    }

    /// Pumps until nothing happens any more. Time does not pass.
    ///
    /// @throws AssertionError if that takes more than 100 000 moves: the two talk for ever
    public void flush() {
        for (int moves = 0; pump(); moves++) {
            if (moves == MOVES_MAX) {
                throw new AssertionError("the two sides still talk after " + MOVES_MAX + " moves; pump() step by step");
            }
        }
    }

    private static boolean deliver(byte[] bytes, MemoryTransport to) {
        if (bytes.length > 0) {
            to.deliver(bytes);
        }
        return to.turn() || bytes.length > 0;
    }

    private static boolean end(MemoryTransport one, MemoryTransport other) {
        if (one.over()) {
            return false;
        }
        if (one.disconnected()) {
            one.close(ConnectionAborted.FAILURE);
            other.close(ConnectionLost.FAILURE);
            return true;
        }
        if (one.value().length > 0 || one.producer() != null) {
            return false;
        }
        if (one.disconnecting()) {
            one.close();
            other.deliverEnd();
            return true;
        }
        if (one.writeClosed() && !other.readClosed()) {
            other.deliverEnd();
            return true;
        }
        return false;
    }
}
