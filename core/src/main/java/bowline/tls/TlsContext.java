package bowline.tls;

import bowline.log.Logger;
import bowline.policy.ConnectionsBySource;
import bowline.policy.RefusalLog;
import bowline.protocol.Transport;

/// What the connections of one options object have in common besides their engines' contexts. Safe for any thread.
final class TlsContext {
    private static final Logger log = Logger.of(TlsContext.class);

    private final TlsLimits limits;
    private final HandshakeWork work;
    private final Workspaces spaces = new Workspaces();
    private final ConnectionsBySource sources;
    private final RefusalLog refusals;
    private final FaultLog faults = new FaultLog();

    TlsContext(TlsLimits limits) {
        this.limits = limits;
        work = new HandshakeWork(limits.workMax(), limits.workWaitingMax());
        sources = new ConnectionsBySource(limits.handshakesBySourceMax());
        refusals = new RefusalLog(log, "handshakesBySourceMax, " + limits.handshakesBySourceMax() + ",");
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
