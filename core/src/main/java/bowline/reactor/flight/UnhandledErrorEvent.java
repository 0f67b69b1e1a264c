package bowline.reactor.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("bowline.UnhandledError")
@Label("Unhandled Error")
@Description("A callback threw, or a Deferred failed, and nobody handled it")
@Category("Bowline")
@StackTrace(false)
final class UnhandledErrorEvent extends Event {
    @Label("Reactor")
    @Description("0: that of a Deferred, which is found later and on another thread")
    int reactor;

    @Label("Turn")
    long turn;

    @Label("Connection")
    @Description("Its number in the reactor; 0: none")
    long connection;

    @Label("Exception")
    @Nullable
    String type;

    @Label("Message")
    @Nullable
    String message;
}
