package bowline.simulation.net;

import bowline.simulation.fate.Draws;
import bowline.simulation.fate.FaultKind;

/// One direction between two nodes: when what is sent now arrives.
final class Path {
    /// How long a stream waits for an acknowledgement before it sends again, at first.
    static final long RESEND_NANOS = 200_000_000;

    private final Network network;
    private final Agenda agenda;
    private final Link link;
    private final Node from;
    private final Node to;
    private final Draws delay;
    private final Draws loss;
    private long freeAt;
    private long leaves;
    private long lastDatagram;

    Path(Network network, Node from, Node to, Link link) {
        this.network = network;
        this.agenda = network.agenda();
        this.link = link;
        this.from = from;
        this.to = to;
        String where = from.name() + ">" + to.name();
        delay = network.fate().draws(FaultKind.DELAY, where);
        loss = network.fate().draws(FaultKind.LOSS, where);
    }

    Link link() {
        return link;
    }

    /// Whether a packet that is under way now arrives at all.
    boolean isOpen() {
        return link.isOpen()
                && from.isUp()
                && to.isUp()
                && (from == to || !(from.isCutOff() || to.isCutOff() || network.isApart(from, to)));
    }

    /// When a packet of a stream arrives that is sent now; one that is lost is sent again.
    long arrivalOfSegment(int bytes) {
        long arrival = sent(bytes) + latency();
        long waited = 0;
        for (long wait = RESEND_NANOS; loss.strikes(link.losses()) && wait < Flow.RESEND_MAX_NANOS; wait *= 2) {
            waited += wait;
        }
        leaves = agenda.now() + waited;
        return arrival + waited;
    }

    /// When the packet leaves that is to arrive as [#arrivalOfSegment] said last: now, or when it is sent again.
    long leaves() {
        return leaves;
    }

    /// When a packet that carries next to nothing arrives.
    long arrivalOfSignal() {
        return agenda.now() + latency();
    }

    /// When a datagram arrives that is sent now: after those before it, unless it is held back for them.
    long arrivalOfDatagram(int bytes, long heldBack) {
        long arrival = Math.max(sent(bytes) + latency(), lastDatagram + 1);
        if (heldBack == 0) {
            lastDatagram = arrival;
        }
        return arrival + heldBack;
    }

    /// Whether a datagram, which travels in so many fragments, is lost.
    boolean losesDatagram(int fragments) {
        boolean lost = false;
        for (int i = 0; i < fragments; i++) {
            lost |= loss.strikes(link.losses());
        }
        return lost;
    }

    private long sent(int bytes) {
        freeAt = Math.max(freeAt, agenda.now()) + link.nanosFor(bytes);
        return freeAt;
    }

    private long latency() {
        return delay.between(link.latencyMin(), link.latencyMax());
    }
}
