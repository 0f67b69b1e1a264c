package bowline.reactor;

/// Thrown by [Reactor#run] while the reactor runs (REA-3).
public final class ReactorAlreadyRunning extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /// With the usual text.
    public ReactorAlreadyRunning() {
        super("the reactor is running already; run() is called once");
    }
}
