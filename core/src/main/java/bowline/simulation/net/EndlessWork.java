package bowline.simulation.net;

/// The simulated world goes on and on without getting anywhere: one of its [RunLimits] is passed.
public final class EndlessWork extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message who goes on, how long, and which limit that passes
    public EndlessWork(String message) {
        super(message);
    }
}
