package bowline.reactor;

/// The reactor is not running, not yet or no more (REA-4, THR-5).
public final class ReactorNotRunning extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /// @param what what needed a running reactor
    public ReactorNotRunning(String what) {
        super(what + " needs a running reactor; this one is not started or has stopped");
    }
}
