package bowline.reactor.loop;

import bowline.failure.Failure;
import bowline.log.LogContext;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import bowline.reactor.flight.FlightRecord;

/// Counts connections and errors of a loop, and tells the Flight Recorder of each. For the loop's thread.
final class Ledger {
    private static final Logger log = Logger.of(Reactor.class);

    private final Tally tally;
    private final Pace pace;

    Ledger(Tally tally, Pace pace) {
        this.tally = tally;
        this.pace = pace;
    }

    /// Answers the connection's number in this loop, from 1.
    long opened(StreamConnection connection) {
        if (connection.isClient()) {
            tally.connected++;
        } else {
            tally.accepted++;
        }
        long number = tally.connected + tally.accepted;
        FlightRecord record = pace.recording();
        if (record != null) {
            record.opened(number, connection.peerNow(), connection.isClient());
        }
        return number;
    }

    void lost(StreamConnection connection, Failure reason) {
        tally.closed++;
        FlightRecord record = pace.recording();
        if (record != null) {
            record.closed(
                    connection.connectionNumber(),
                    connection.peerNow(),
                    connection.isClient(),
                    connection.receivedBytes(),
                    connection.sent,
                    reason.typeName() + ": " + reason.message());
        }
    }

    /// What a callback threw, which goes to the log as well.
    void error(String text, Failure failure) {
        tally.errors++;
        FlightRecord record = pace.recording();
        if (record != null) {
            record.error(LogContext.current().connection(), failure.typeName(), failure.message());
        }
        log.failure(text, failure);
    }
}
