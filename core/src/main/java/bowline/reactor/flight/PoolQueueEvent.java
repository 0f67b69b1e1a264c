package bowline.reactor.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("bowline.PoolQueue")
@Label("Pool Queue")
@Description("Work waited for a thread of a pool, so long")
@Category("Bowline")
@StackTrace(false)
final class PoolQueueEvent extends Event {
    @Label("Reactor")
    @Description("Whose turn gave the work; 0: none")
    int reactor;

    @Label("Turn")
    long turn;

    @Label("Connection")
    @Description("What it was given for, by its number in the reactor; 0: none")
    long connection;

    @Label("Pool")
    @Nullable
    String pool;

    @Label("Unfinished")
    @Description("Work that waited or was being done when this was given, this included")
    int unfinished;
}
