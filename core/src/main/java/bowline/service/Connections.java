package bowline.service;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import bowline.protocol.Address;
import bowline.protocol.Drainable;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.protocol.WatchedProtocol;
import bowline.time.Clock;
import bowline.time.DelayedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The connections of one listening port: to the port a factory, in front of the program's own, which knows what is
/// still open and can end it.
///
///     open ── drain(deadline) ──▶ draining ── the last one closes, or the deadline and then all abort ──▶ drained
final class Connections extends Factory<WatchedProtocol<Protocol>> implements WatchedProtocol.Watcher<Protocol> {
    private static final Logger log = Logger.of(Connections.class);

    private final Factory<? extends Protocol> factory;
    private final String logName;
    private final Set<Protocol> open = new LinkedHashSet<>();
    private final List<Deferred<@Nullable Void>> waiters = new ArrayList<>();
    private @Nullable DelayedCall abort;
    private boolean draining;

    /// @param logName stands before every prefix in the log, unless it is empty
    Connections(Factory<? extends Protocol> factory, String logName) {
        this.factory = factory;
        this.logName = logName;
        noisy(false);
    }

    /// How many there are.
    int count() {
        return open.size();
    }

    /// Lets them finish, and aborts those that have not when the time is over; the Deferred fires when none is
    /// left.
    Deferred<@Nullable Void> drain(Duration deadline) {
        Deferred<@Nullable Void> end = new Deferred<>();
        waiters.add(end);
        if (!draining) {
            draining = true;
            List.copyOf(open).forEach(this::ask);
        }
        if (open.isEmpty()) {
            drained();
        } else if (deadline.isZero()) {
            abortAll();
        } else {
            abortAfter(deadline);
        }
        return end;
    }

    private void ask(Protocol protocol) {
        if (protocol.current() instanceof Drainable drainable
                && protocol.transport().connected()) {
            try {
                drainable.drain();
            } catch (RuntimeException thrown) {
                log.failure("{protocol} cannot drain and is aborted", Failure.of(thrown), protocol.logPrefix());
                protocol.transport().abortConnection();
            }
        }
    }

    private void abortAfter(Duration deadline) {
        Clock clock = open.iterator().next().transport().clock();
        long due = clock.nanos() + deadline.toNanos();
        if (abort == null) {
            log.info("Waiting at most {seconds} s for {count} connections to finish", seconds(deadline), open.size());
            abort = clock.callLater(deadline, () -> {
                log.warn("{count} connections did not finish in time and are aborted", open.size());
                abortAll();
            });
        } else if (abort.active() && due - abort.time() < 0) {
            abort.reset(deadline);
        }
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    private void abortAll() {
        List.copyOf(open).forEach(protocol -> protocol.transport().abortConnection());
    }

    private void drained() {
        if (abort != null) {
            abort.cancelIfActive();
        }
        List<Deferred<@Nullable Void>> all = List.copyOf(waiters);
        waiters.clear();
        for (Deferred<@Nullable Void> waiter : all) {
            waiter.callback(null);
        }
    }

    @Override
    public @Nullable WatchedProtocol<Protocol> buildProtocol(Address peer) throws Exception {
        Protocol protocol = draining ? null : factory.build(peer);
        return protocol == null ? null : WatchedProtocol.of(protocol, this);
    }

    @Override
    public void connectionMade(Protocol protocol) {
        open.add(protocol);
        if (draining) {
            ask(protocol);
        }
    }

    @Override
    public void connectionLost(Protocol protocol, Failure reason) {
        open.remove(protocol);
        if (draining && open.isEmpty()) {
            drained();
        }
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        T own = super.as(type);
        return own == null ? factory.as(type) : own;
    }

    @Override
    public void startFactory() {
        factory.doStart();
    }

    @Override
    public void stopFactory() {
        factory.doStop();
    }

    @Override
    public String logPrefix() {
        return logPrefix(factory.logPrefix());
    }

    @Override
    public String logPrefix(String ofProtocol) {
        return logName.isEmpty() ? ofProtocol : logName + "/" + ofProtocol;
    }
}
