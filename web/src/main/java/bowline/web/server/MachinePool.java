package bowline.web.server;

import bowline.time.Clock;
import bowline.web.http1.Http1Machine;
import java.util.ArrayDeque;

/// Machines for connections that are busy. Between requests a connection has none, for there may be very many such
/// connections and a machine is most of what one would keep.
///
/// Only a machine that is [Http1Machine#idle] changes hands, and forgets first: it knows no more of its last peer than
/// a new one.
final class MachinePool {

    /// The most that wait here; most turns of a loop need few at once.
    static final int WAITING_MAX = 64;

    private final Clock clock;
    private final SiteOptions options;
    private final StandingHeaders standing;
    private final ArrayDeque<Http1Machine> waiting = new ArrayDeque<>();

    /// @param clock what the machines' `Date` is told by
    MachinePool(Clock clock, SiteOptions options) {
        this.clock = clock;
        this.options = options;
        this.standing = new StandingHeaders(clock, options.serverName());
    }

    /// Looks at the clock for the `Date` of the responses that follow.
    void lookAtClock() {
        standing.lookAtClock();
    }

    boolean isOf(Clock other) {
        return clock == other;
    }

    /// The one that was used last, which is likely to be in the processor's cache.
    Http1Machine take() {
        Http1Machine machine = waiting.pollLast();
        return machine == null ? Http1Machine.server(options.limits(), standing) : machine;
    }

    /// Takes back a machine that is idle.
    void give(Http1Machine machine) {
        machine.forget();
        if (waiting.size() < WAITING_MAX) {
            waiting.addLast(machine);
        }
    }

    /// How many wait.
    int size() {
        return waiting.size();
    }
}
