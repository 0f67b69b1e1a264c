package bowline.reactor.loop;

import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.TransportLimits;
import bowline.reactor.ListenOptions;
import bowline.reactor.UnixListenOptions;
import java.util.Objects;

/// What a backend is told of a port that it shall make.
///
/// @param loop whose port it is
/// @param place where it listens
/// @param factory who makes its protocols
/// @param backlog connections that the system holds before they are accepted
/// @param reusePort whether others may take the same place with this option too (LIS-10)
/// @param limits how much each accepted connection may hold in memory
/// @param adopted the descriptor of the socket to use first, which listens already; [#NOT_ADOPTED] for a new one
public record Listening(
        Loop loop,
        ListeningPlace place,
        Factory<?> factory,
        int backlog,
        boolean reusePort,
        TransportLimits limits,
        int adopted) {

    /// A new socket is wanted.
    public static final int NOT_ADOPTED = -1;

    /// At a port of TCP.
    static Listening tcp(Loop loop, TcpPlace where, Factory<?> factory, ListenOptions options) {
        return new Listening(
                loop, where, factory, options.backlog(), options.reusePort(), options.limits(), NOT_ADOPTED);
    }

    /// At a UNIX socket.
    static Listening unix(Loop loop, Address.Unix where, Factory<?> factory, UnixListenOptions options) {
        ListeningPlace place = where.isAbstract() && loop.knowsAbstractNames()
                ? new AbstractPlace(UnixPaths.abstractName(where))
                : new UnixPlace(
                        UnixPaths.file(where),
                        options.mode(),
                        options.wantPid(),
                        loop.platform().socketFiles());
        return new Listening(loop, place, factory, options.backlog(), false, options.limits(), NOT_ADOPTED);
    }

    /// At the place of `acceptor`, which has taken it and accepts for it.
    static Listening handed(Loop loop, StreamPort acceptor, Factory<?> factory) {
        return new Listening(loop, new HandedPlace(acceptor), factory, 0, false, TransportLimits.DEFAULT, NOT_ADOPTED);
    }

    /// On a socket that the program brought (LIS-9).
    static Listening adopted(Loop loop, AdoptedSocket socket, Factory<?> factory, TransportLimits limits) {
        int backlog = ListenOptions.DEFAULT.backlog();
        return new Listening(
                loop, new AdoptedPlace(socket.local()), factory, backlog, false, limits, socket.descriptor());
    }

    /// Checks that there is a factory.
    public Listening {
        Objects.requireNonNull(factory);
    }
}
