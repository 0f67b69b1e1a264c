package bowline.reactor.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

@Name("bowline.SlowCallback")
@Label("Slow Callback")
@Description("One call of the program by its reactor that took long; nothing else was served meanwhile")
@Category("Bowline")
@StackTrace(false)
@Threshold("20 ms")
final class SlowCallbackEvent extends Event {
    @Label("Reactor")
    int reactor;

    @Label("Turn")
    long turn;

    @Label("Connection")
    @Description("Its number in the reactor; 0: none")
    long connection;

    @Label("Callback")
    @Nullable
    String callback;
}
