package bowline.endpoint;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.protocol.Address;
import bowline.protocol.ConnectTimeout;
import bowline.protocol.ConnectionLost;
import bowline.protocol.DnsLookupError;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.ConnectOptions;
import bowline.reactor.Reactor;
import bowline.reactor.Reactor.Phase;
import bowline.reactor.Reactor.SystemEventTrigger;
import bowline.reactor.Resolver;
import bowline.time.DelayedCall;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One call of [HostnameEndpoint#connect]: look the name up, then race attempts at its addresses.
///
///     look-up ─▶ waiting addresses ─ one each attemptDelay, ─▶ attempts under way ─▶ first success wins
///                                    or when one has failed                         last failure ends it
///
/// It ends once, by [#succeed] or [#fail]; ending it cancels whatever is still under way.
final class ConnectionRace<P extends Protocol> {
    private final Reactor reactor;
    private final String host;
    private final int port;
    private final HappyEyeballs options;
    private final Factory<P> factory;
    private final Resolver names;
    private final Deferred<P> winner = new Deferred<>(_ -> cancel());

    private final Deque<String> waiting = new ArrayDeque<>();
    private final Set<Deferred<P>> underWay = new LinkedHashSet<>();
    private final List<Throwable> failures = new ArrayList<>();
    private @Nullable Deferred<List<InetAddress>> lookUp;
    private @Nullable DelayedCall nextAttempt;
    private @Nullable DelayedCall deadline;
    private @Nullable SystemEventTrigger shutdown;
    private boolean over;

    ConnectionRace(HostnameEndpoint endpoint, Factory<P> factory, Resolver names) {
        this.names = names;
        this.reactor = endpoint.reactor();
        this.host = endpoint.host();
        this.port = endpoint.port();
        this.options = endpoint.options();
        this.factory = factory;
    }

    Deferred<P> begin() {
        // Held for the whole race, lest it be stopped and started between two attempts.
        factory.doStart();
        shutdown = reactor.addSystemEventTrigger(Phase.DURING, "shutdown", this::reactorEnds);
        if (options.deadline() != null) {
            deadline = reactor.callLater(options.deadline(), this::tooLate);
        }
        if (LiteralAddress.isLiteral(host)) {
            race(List.of(host));
        } else {
            lookUp = Deferred.maybeDeferred(() -> names.resolve(HostName.toAscii(host)));
            lookUp.<@Nullable Void>addCallbacks(this::found, this::lookUpFailed);
        }
        return winner;
    }

    private @Nullable Void found(List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            fail(new DnsLookupError("the name \"" + host + "\" has no address"));
            return null;
        }
        List<InetAddress> ordered = options.strict() ? addresses : takingTurns(addresses);
        race(ordered.stream().map(LiteralAddress::text).toList());
        return null;
    }

    private @Nullable Void lookUpFailed(Failure failure) {
        fail(failure.value());
        return null;
    }

    /// The families one after the other, beginning with that of the first address (RFC 8305 §4).
    static List<InetAddress> takingTurns(List<InetAddress> addresses) {
        boolean sixFirst = addresses.getFirst() instanceof Inet6Address;
        var first = new ArrayDeque<InetAddress>();
        var second = new ArrayDeque<InetAddress>();
        for (InetAddress address : addresses) {
            (address instanceof Inet6Address == sixFirst ? first : second).add(address);
        }
        var ordered = new ArrayList<InetAddress>();
        while (!first.isEmpty() || !second.isEmpty()) {
            if (!first.isEmpty()) {
                ordered.add(first.remove());
            }
            if (!second.isEmpty()) {
                ordered.add(second.remove());
            }
        }
        return ordered;
    }

    private void race(List<String> addresses) {
        if (!over) {
            waiting.addAll(addresses);
            attemptNext();
        }
    }

    private void attemptNext() {
        String address = waiting.remove();
        if (!waiting.isEmpty()) {
            nextAttempt = reactor.callLater(options.attemptDelay(), this::attemptNext);
        }
        var connect = new ConnectOptions(options.attemptTimeout(), options.bindAddress());
        Deferred<P> attempt = new TcpClientEndpoint(reactor, address, port, connect).connect(factory);
        underWay.add(attempt);
        attempt.<@Nullable Void>addCallbacks(
                protocol -> succeed(attempt, protocol), failure -> failed(attempt, failure));
    }

    private @Nullable Void succeed(Deferred<P> attempt, P protocol) {
        underWay.remove(attempt);
        if (!over) {
            end();
            winner.callback(protocol);
        }
        return null;
    }

    private @Nullable Void failed(Deferred<P> attempt, Failure failure) {
        underWay.remove(attempt);
        if (over) {
            return null;
        }
        failures.add(failure.value());
        if (waiting.isEmpty()) {
            if (underWay.isEmpty()) {
                fail(failures.removeLast());
            }
        } else if (!options.strict()) {
            cancelNextAttempt();
            attemptNext();
        }
        return null;
    }

    private void tooLate() {
        fail(new ConnectTimeout("connecting to " + host + ":" + port + " took longer than " + options.deadline()
                + ", look-up included"));
    }

    /// Who waits for the connection is told even if no attempt is under way (REA-9).
    private void reactorEnds() {
        shutdown = null;
        fail(new ConnectionLost("the reactor has stopped before there was a connection to " + host + ":" + port));
    }

    private void cancel() {
        fail(new ConnectingCancelledError(new Address.Hostname(host, port)));
    }

    /// Ends the race with `reason`; what else went wrong is attached to it (HEY-4).
    private void fail(Throwable reason) {
        if (over) {
            return;
        }
        end();
        for (Throwable other : failures) {
            if (other != reason) {
                reason.addSuppressed(other);
            }
        }
        winner.errback(reason);
    }

    private void end() {
        over = true;
        waiting.clear();
        cancelNextAttempt();
        if (deadline != null) {
            deadline.cancelIfActive();
        }
        if (shutdown != null) {
            reactor.removeSystemEventTrigger(shutdown);
            shutdown = null;
        }
        if (lookUp != null) {
            lookUp.cancel();
        }
        List.copyOf(underWay).forEach(Deferred::cancel);
        factory.doStop();
    }

    private void cancelNextAttempt() {
        if (nextAttempt != null) {
            nextAttempt.cancelIfActive();
        }
    }
}
