package bowline.framing;

import bowline.machine.PeerViolation;

/// The peer sent a line that is longer than the limit, ended or not (LIN-2).
public final class LineTooLong extends PeerViolation {
    private static final long serialVersionUID = 1;

    LineTooLong(int lineMaxBytes) {
        super("line of more than " + lineMaxBytes + " bytes", "limit lineMaxBytes, LIN-2");
    }
}
