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
}
