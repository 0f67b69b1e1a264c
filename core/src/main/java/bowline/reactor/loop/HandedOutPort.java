package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.protocol.TransportLimits;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Placement;
import bowline.reactor.Reactor;
import bowline.reactor.SharedPort;
import bowline.reactor.SharingOptions;
import bowline.reactor.UnixListenOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A port that one loop accepts for, handing out to all that share it what it has accepted (LIS-10).
///
///     acceptor's thread    accept ─▶ choose ─┬─ its own share ─▶ build
///                                            └─ another's ── callFromThread ─▶ handed ─▶ build    on that thread
///
/// Nothing is lost on the way: a share that closes gives what is on its way to it to the others, and whoever puts a
/// connection on its way to one that has just closed takes it back. One that has `waitingMax` on their way gets no
/// more; the acceptor's own share always has room.
public final class HandedOutPort implements SharedPort {
    private final Place place;
    private final Address wanted;
    private final SharingOptions sharing;
    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile @Nullable Share acceptor;

    private HandedOutPort(Place place, Address wanted, SharingOptions sharing) {
        this.place = place;
        this.wanted = wanted;
        this.sharing = sharing;
    }

    /// A TCP port that nobody listens on yet.
    public static HandedOutPort tcp(int port, ListenOptions options, SharingOptions sharing) {
        TcpPlace where = TcpPlace.of(port, options);
        return new HandedOutPort(
                (loop, factory) -> Listening.tcp(loop, where, factory, options), where.host(where.address()), sharing);
    }

    /// A UNIX socket that nobody listens at yet.
    ///
    /// @param knowsAbstractNames whether the loops that will share it do
    /// @throws UnsupportedOperationException if it is an abstract name (UNX-5), and they do not
    public static HandedOutPort unix(
            Address.Unix where, UnixListenOptions options, SharingOptions sharing, boolean knowsAbstractNames) {
        if (!where.isAbstract() || !knowsAbstractNames) {
            UnixPaths.file(where); // refuses what is no file
        }
        return new HandedOutPort((loop, factory) -> Listening.unix(loop, where, factory, options), where, sharing);
    }

    /// A listening socket that the program brings by its descriptor, of which the first to listen takes a copy
    /// (LIS-9).
    public static HandedOutPort adopted(int descriptor, TransportLimits limits, SharingOptions sharing) {
        return new HandedOutPort(
                (loop, factory) -> Listening.adopted(loop, loop.adopted(descriptor), factory, limits),
                new Address.Unix(null),
                sharing);
    }

    /// Where the first to listen opens it.
    @FunctionalInterface
    private interface Place {
        Listening on(Loop loop, Factory<?> factory);
    }

    @Override
    public Address host() {
        Share accepting = acceptor;
        return accepting == null ? wanted : accepting.port().host();
    }

    /// The first to listen accepts. Locked, for two may come at once.
    @Override
    public synchronized ListeningPort listen(Reactor member, Factory<?> factory) {
        Loop loop = (Loop) member;
        loop.check("SharedPort.listen");
        Share accepting = acceptor;
        if (accepting != null && accepting.isOpen()) {
            return opened(loop, new HandedPort(Listening.handed(loop, accepting.port(), factory)));
        }
        loop.spare().reserve();
        StreamPort made = opened(loop, loop.port(place.on(loop, factory)));
        acceptor = made.share();
        return made;
    }

    private StreamPort opened(Loop loop, StreamPort made) {
        made.share(new Share(this, loop, made));
        made.startListening();
        return made;
    }

    @Override
    public Deferred<@Nullable Void> drain(Reactor member) {
        Share accepting = acceptor;
        if (accepting != null && accepting.isOf(member)) {
            return accepting.port().drain();
        }
        return Deferred.succeed(null);
    }

    // Who shares

    void joined(Share share) {
        shares.add(share);
    }

    void left(Share share) {
        shares.remove(share);
    }

    // Handing out, on the acceptor's thread or on that of one who has left

    /// Who gets the next one; null if nobody listens or has room.
    @Nullable
    Share choose() {
        Object[] now = shares.toArray();
        int start = turn.getAndIncrement();
        Share best = null;
        for (int i = 0; i < now.length; i++) {
            Share next = (Share) now[Math.floorMod(start + i, now.length)];
            if (!next.hasRoom(sharing.waitingMax())) {
                continue;
            }
            if (sharing.placement() == Placement.ROUND_ROBIN) {
                return next;
            }
            if (best == null || next.connections() < best.connections()) {
                best = next;
            }
        }
        return best;
    }

    void handOut(Accepted accepted) {
        handOut(accepted, choose());
    }

    void handOut(Accepted accepted, @Nullable Share first) {
        for (Share chosen = first; chosen != null; chosen = choose()) {
            if (chosen.give(accepted)) {
                return;
            }
        }
        accepted.close();
    }
}
