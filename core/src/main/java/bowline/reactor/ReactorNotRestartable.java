package bowline.reactor;

/// Thrown by [Reactor#run] after the reactor was stopped (REA-3).
public final class ReactorNotRestartable extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /// With the usual text.
    public ReactorNotRestartable() {
        super("this reactor was stopped and cannot run again; create another with Reactor.create()");
    }
}
