package bowline.testing;

import bowline.failure.Failure;
import bowline.protocol.LineReceiver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends its lines and keeps those that come: one side of a conversation that is known beforehand (TST-4).
public final class LineSendingProtocol extends LineReceiver {
    private final List<String> lines;
    private final boolean first;
    private final List<String> response = new ArrayList<>();
    private @Nullable Failure closedReason;

    /// A side that speaks first.
    public LineSendingProtocol(List<String> lines) {
        this(lines, true);
    }

    /// @param first whether this side speaks first; otherwise it waits for one line
    public LineSendingProtocol(List<String> lines, boolean first) {
        this.lines = List.copyOf(lines);
        this.first = first;
    }

    /// The lines that have come.
    public List<String> response() {
        return List.copyOf(response);
    }

    /// Why the connection ended, or null while it has not.
    public @Nullable Failure closedReason() {
        return closedReason;
    }

    @Override
    public void connectionMade() {
        if (first) {
            lines.forEach(this::sendLine);
        }
    }

    @Override
    public void lineReceived(String line) {
        if (!first && response.isEmpty()) {
            lines.forEach(this::sendLine);
        }
        response.add(line);
    }

    @Override
    public void connectionLost(Failure reason) {
        closedReason = reason;
    }
}
