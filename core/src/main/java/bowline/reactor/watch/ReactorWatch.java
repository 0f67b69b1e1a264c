package bowline.reactor.watch;

/// What can be seen of one reactor. Looking never disturbs it.
public interface ReactorWatch {

    /// The number of this reactor in its process, from 1: what tells it from others in a page or a recording.
    int reactor();

    /// The name of the thread that runs it now; `not running` when none does. From any thread.
    String threadName();

    /// What it has done so far. From any thread; while it runs, the numbers are those of a moment that may lie a
    /// turn back.
    ReactorStats stats();
}
