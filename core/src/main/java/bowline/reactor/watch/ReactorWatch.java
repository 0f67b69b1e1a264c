package bowline.reactor.watch;

import java.time.Duration;

/// What can be seen of one reactor. Looking never disturbs it.
public interface ReactorWatch {

    /// The number of this reactor in its process, from 1: what tells it from others in a page or a recording.
    int reactor();

    /// The name of the thread that runs it now; `not running` when none does. From any thread.
    String threadName();

    /// What it has done so far. From any thread; while it runs, the numbers are those of a moment that may lie a
    /// turn back.
    ReactorStats stats();

    /// How long [#describe()] waits for the reactor to answer.
    Duration ANSWER_TIME = Duration.ofSeconds(1);

    /// What it is, does and waits for now, as its own thread sees it. From any thread; of a reactor that does not
    /// run, from the one that sets it up.
    default ReactorDescription describe() {
        return describe(ANSWER_TIME);
    }

    /// As [#describe()]; when the reactor does not answer within `patience`, the description says so and shows
    /// what its thread does instead.
    ReactorDescription describe(Duration patience);

    /// From now on tells the log, as a warning, of what lasts too long: a callback while it does, with the
    /// stack of the reactor's thread, and when it has ended, how long it took; a coroutine that is set aside,
    /// and where. A thread of its own looks from time to time, so the reactor has nothing to do for it;
    /// coroutines are looked at by a timed call. Replaces what was asked for before. On the reactor's thread,
    /// or before it runs; ends with the reactor.
    ///
    /// In a simulation callbacks take no time, so only coroutines are watched there.
    ///
    /// @return ends it, on the reactor's thread
    Runnable watchStalls(StallLimits limits);
}
