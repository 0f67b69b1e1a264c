package bowline.process;

import bowline.protocol.ConnectionDone;

/// The process ended by itself with exit code 0 (PRC-9).
public final class ProcessDone extends ConnectionDone {
    private static final long serialVersionUID = 1;

    ProcessDone() {
        super("A process has ended without apparent errors: process finished with exit code 0.");
    }
}
