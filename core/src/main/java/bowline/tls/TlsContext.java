package bowline.tls;

import bowline.log.Logger;
import bowline.policy.ConnectionsBySource;
import bowline.policy.RefusalLog;
import bowline.protocol.Transport;
import bowline.reactor.SeededReactor;
import bowline.time.Clock;

/// What the connections of one options object have in common besides their engines' contexts. Safe for any thread.
final class TlsContext {
    private static final Logger log = Logger.of(TlsContext.class);

    /// How many processors a simulated machine has, whatever the real one has: a run must not depend on that.
    private static final int SIMULATED_PROCESSORS = 4;

    private final TlsLimits limits;
    private final HandshakeWork work;
    private final Workspaces spaces = new Workspaces();
    private final ConnectionsBySource sources;
    private final RefusalLog refusals;
    private final FaultLog faults = new FaultLog();

    TlsContext(TlsLimits limits) {
        this(limits, Runtime.getRuntime().availableProcessors());
    }

    private TlsContext(TlsLimits limits, int processors) {
        this.limits = limits;
        int atATime = limits.workMax() == TlsLimits.BY_PROCESSORS ? processors : limits.workMax();
        work = new HandshakeWork(atATime, limits.workWaitingMax());
        sources = new ConnectionsBySource(limits.handshakesBySourceMax());
        refusals = new RefusalLog(log, "handshakesBySourceMax, " + limits.handshakesBySourceMax() + ",");
    }

    /// What it is for connections of the reactor that has this clock: in a simulation each program has its own,
    /// as if the options had been made in it.
    TlsContext in(Clock clock) {
        return clock instanceof SeededReactor simulated
                ? simulated.program().belonging(this, _ -> new TlsContext(limits, SIMULATED_PROCESSORS))
                : this;
    }

    /// What a peer may ask of us.
    TlsLimits limits() {
        return limits;
    }

    /// Where engines compute.
    HandshakeWork work() {
        return work;
    }

    /// Buffers.
    Workspaces spaces() {
        return spaces;
    }

    /// Counts the handshakes of peers that are under way.
    ConnectionsBySource sources() {
        return sources;
    }

    /// Tells of handshakes that failed.
    FaultLog faults() {
        return faults;
    }

    /// A peer has too many.
    void refused(Transport transport) {
        synchronized (refusals) {
            refusals.clock(transport.clock());
            refusals.refused(transport.peer());
        }
    }
}
