package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Reactor;
import bowline.reactor.SharedPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A port on which each loop has a socket of its own, the system sharing out what comes (`SO_REUSEPORT`, LIS-10).
///
/// The system would let a second program of the same user join in, so it is asked first whether the port is free for us
/// alone: a program that is started twice should hear of it.
public final class ReusedPort implements SharedPort {
    private final int port;
    private final ListenOptions options;
    private final Map<Reactor, ListeningPort> parts = new ConcurrentHashMap<>();
    private volatile @Nullable Address taken;
    private int takenPort;

    /// A port that nobody listens on yet.
    public ReusedPort(int port, ListenOptions options) {
        this.port = port;
        this.options = options.reusePort(true);
    }

    @Override
    public Address host() {
        Address known = taken;
        return known == null ? SocketAddresses.tcp(TcpPlace.of(port, options).address()) : known;
    }

    @Override
    public synchronized ListeningPort listen(Reactor member, Factory<?> factory) {
        InetSocketAddress wanted = TcpPlace.of(port, options).address();
        if (taken == null && !((Loop) member).inherits(wanted)) {
            insistOnOwnership(wanted);
        }
        ListeningPort part = member.listenTcp(taken == null ? port : takenPort, factory, options);
        taken = part.host();
        takenPort = part.port();
        parts.put(member, part);
        return part;
    }

    /// Binds once without sharing, and without listening, so that nobody can connect.
    private static void insistOnOwnership(InetSocketAddress where) {
        try (var alone = new Socket()) {
            alone.setReuseAddress(true);
            alone.bind(where);
        } catch (IOException refused) {
            throw ConnectFaults.listening("tcp", where, refused);
        }
    }

    @Override
    public Deferred<@Nullable Void> drain(Reactor member) {
        ListeningPort part = parts.get(member);
        if (part != null) {
            return part.drain();
        }
        return Deferred.succeed(null);
    }
}
