package bowline.reactor.nio;

import bowline.log.LogContext;
import java.nio.channels.Selector;

/// Who waits in a selector, as those see it who have channels in there.
interface SelectorHost {

    /// Where the channels are registered.
    Selector selector();

    /// What is wanted of a channel has changed, or it was closed.
    void changed();

    /// Calls `step` when the next select has begun at the latest, and with it cancelled keys are forgotten.
    void afterSelect(Runnable step);

    /// Puts `context` in force, and answers the former one.
    LogContext enter(LogContext context);
}
