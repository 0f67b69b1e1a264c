package bowline.reactor.loop;

import bowline.defer.Deferred;
import bowline.protocol.Address;
import bowline.protocol.Factory;
import bowline.reactor.ListenOptions;
import bowline.reactor.ListeningPort;
import bowline.reactor.Placement;
import bowline.reactor.Reactor;
import bowline.reactor.SharedPort;
import bowline.reactor.SharingOptions;
import java.net.InetSocketAddress;
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
    private final int port;
    private final ListenOptions options;
    private final SharingOptions sharing;
    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile @Nullable Share acceptor;

    /// A port that nobody listens on yet.
    public HandedOutPort(int port, ListenOptions options, SharingOptions sharing) {
        this.port = port;
        this.options = options;
        this.sharing = sharing;
    }

    @Override
    public Address host() {
        Share accepting = acceptor;
        return accepting == null
                ? SocketAddresses.tcp(TcpPlace.of(port, options).address())
                : accepting.port().host();
    }

    /// The first to listen accepts. Locked, for two may come at once.
    @Override
    public synchronized ListeningPort listen(Reactor member, Factory<?> factory) {
        Loop loop = (Loop) member;
        loop.check("SharedPort.listen");
        Share accepting = acceptor;
        if (accepting != null && accepting.isOpen()) {
            var where = (InetSocketAddress) accepting.port().bound();
            return opened(loop, new HandedPort(Listening.tcp(loop, where, factory, options)));
        }
        loop.spare().reserve();
        StreamPort made = opened(
                loop, loop.port(Listening.tcp(loop, TcpPlace.of(port, options).address(), factory, options)));
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
