package bowline.reactor.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("bowline.Timer")
@Label("Timed Call")
@Description("A timed call was made, some time after it was due")
@Category("Bowline")
@StackTrace(false)
final class TimerEvent extends Event {
    @Label("Reactor")
    int reactor;

    @Label("Turn")
    long turn;

    @Label("Timer")
    long timer;

    @Label("Lateness")
    @Timespan(Timespan.NANOSECONDS)
    long lateness;
}
