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
public record Listening(
        Loop loop, ListeningPlace place, Factory<?> factory, int backlog, boolean reusePort, TransportLimits limits) {

    /// At a port of TCP.
    static Listening tcp(Loop loop, TcpPlace where, Factory<?> factory, ListenOptions options) {
        return new Listening(loop, where, factory, options.backlog(), options.reusePort(), options.limits());
    }

    /// At a UNIX socket.
    static Listening unix(Loop loop, Address.Unix where, Factory<?> factory, UnixListenOptions options) {
        ListeningPlace place = where.isAbstract() && loop.knowsAbstractNames()
                ? new AbstractPlace(UnixPaths.abstractName(where))
                : new UnixPlace(UnixPaths.file(where), options, loop.platform().socketFiles());
        return new Listening(loop, place, factory, options.backlog(), false, options.limits());
    }

    /// At the same place, which `acceptor` has taken and accepts for.
    Listening handedBy(StreamPort acceptor) {
        return new Listening(loop, new HandedPlace(acceptor), factory, backlog, reusePort, limits);
    }

    /// Checks that there is a factory.
    public Listening {
        Objects.requireNonNull(factory);
    }
}
