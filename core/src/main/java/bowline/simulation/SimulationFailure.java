package bowline.simulation;

import org.jspecify.annotations.Nullable;

/// A simulated program did what it must not. The message tells the seed, the virtual time, and what happened last.
public final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    SimulationFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
