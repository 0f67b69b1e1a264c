package bowline.reactor;

/// A thread that belongs to somebody else, such as a GUI toolkit's event thread, and runs a reactor's callbacks
/// between its own work (REA-14). For those who teach Bowline another toolkit; see [ReactorProvider#hosted].
public interface ReactorHost {

    /// What messages call the thread, as in `Swing's event thread`.
    String name();

    /// Makes sure that the thread is there. Called by the thread that calls [Reactor#run], each time.
    ///
    /// @param ended to be called, on any thread, when this thread has ended and will run nothing more: the reactor
    ///     then ends on the thread that called `run()`. A host whose thread does not end never calls it
    void start(Runnable ended);

    /// Has `turn` run on the thread after what the thread was given before, never inside this call. From any
    /// thread.
    void execute(Runnable turn);

    /// Whether the calling thread is this one. From any thread.
    boolean isCurrent();

    /// The reactor has stopped for good. Called by the thread that called [Reactor#run].
    void stop();
}
