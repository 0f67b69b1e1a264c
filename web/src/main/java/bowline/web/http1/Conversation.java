package bowline.web.http1;

/// What the reading and the sending side of a connection know of each other.
final class Conversation {
    final boolean server;
    final Http1Limits limits;
    final Outstanding outstanding;

    /// The next response head is to be the last.
    boolean endAfterResponse;
    /// The bytes belong to another protocol now.
    boolean tunnel;
    /// No more messages either way.
    boolean over;

    Conversation(boolean server, Http1Limits limits) {
        this.server = server;
        this.limits = limits;
        this.outstanding = new Outstanding(limits.pipelinedMax());
    }

    /// Whether nothing has been agreed on and nothing is due.
    boolean idle() {
        return outstanding.isEmpty() && !endAfterResponse && !tunnel && !over;
    }
}
