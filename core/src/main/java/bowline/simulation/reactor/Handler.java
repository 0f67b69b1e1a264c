package bowline.simulation.reactor;

import bowline.failure.Failure;

/// What a simulated reactor watches: told when it is ready, as long as it is.
interface Handler {

    /// Whether something can be done now that is wanted.
    boolean isReady();

    /// Does it.
    void ready();

    /// The reactor ends (REA-9).
    void disconnected(Failure reason);
}
