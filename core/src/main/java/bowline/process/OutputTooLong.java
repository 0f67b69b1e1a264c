package bowline.process;

import java.io.IOException;

/// A process wrote more than its budget, and was killed for it (P1).
public final class OutputTooLong extends IOException {
    private static final long serialVersionUID = 1;

    OutputTooLong(int maxBytes) {
        super("process wrote more than outputMaxBytes " + maxBytes + " and was killed; allow more, or read it piece by"
                + " piece with a ProcessProtocol");
    }
}
