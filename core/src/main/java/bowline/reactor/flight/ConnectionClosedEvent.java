package bowline.reactor.flight;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("bowline.ConnectionClosed")
@Label("Connection Closed")
@Description("A connection has ended")
@Category("Bowline")
@StackTrace(false)
final class ConnectionClosedEvent extends Event {
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

    @Label("Received")
    @DataAmount(DataAmount.BYTES)
    long received;

    @Label("Sent")
    @DataAmount(DataAmount.BYTES)
    long sent;

    @Label("Reason")
    @Nullable
    String reason;
}
