package bowline.reactor.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

@Name("bowline.Turn")
@Label("Turn")
@Description("What a reactor did from one wait to the next")
@Category("Bowline")
@StackTrace(false)
@Threshold("1 ms")
final class TurnEvent extends Event {
    @Label("Reactor")
    int reactor;

    @Label("Turn")
    long turn;

    @Label("Callbacks")
    long callbacks;

    @Label("Timed Calls")
    long timers;

    @Label("Calls from Threads")
    long calls;
}
