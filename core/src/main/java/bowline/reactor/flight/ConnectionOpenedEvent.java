package bowline.reactor.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("bowline.ConnectionOpened")
@Label("Connection Opened")
@Description("A connection has got its protocol")
@Category("Bowline")
@StackTrace(false)
final class ConnectionOpenedEvent extends Event {
    @Label("Reactor")
    int reactor;

    @Label("Turn")
    long turn;

    @Label("Connection")
    long connection;

    @Label("Peer")
    @Nullable
    String peer;

    @Label("Client")
    @Description("Whether it was made by this side")
    boolean client;
}
